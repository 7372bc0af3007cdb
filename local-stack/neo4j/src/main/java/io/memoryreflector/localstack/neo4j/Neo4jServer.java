package io.memoryreflector.localstack.neo4j;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.HttpConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.configuration.ssl.ClientAuth;
import org.neo4j.configuration.ssl.SslPolicyConfig;
import org.neo4j.configuration.ssl.SslPolicyScope;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.io.ByteUnit;

/**
 * Runs Neo4j with Bolt on one port of loopback until it is told to stop. Arguments: port, data folder. With a third one, a
 * folder that holds {@code private.key} and {@code public.crt}, it speaks TLS alone and asks user {@code neo4j} for the
 * password in {@code NEO4J_PASSWORD}.
 */
public final class Neo4jServer {

    private static final String LOOPBACK = "127.0.0.1";

    private Neo4jServer() {}

    public static void main(String[] args) throws InterruptedException {
        var address = new SocketAddress(LOOPBACK, Integer.parseInt(args[0]));
        var builder = new DatabaseManagementServiceBuilder(Path.of(args[1]))
                .setConfig(BoltConnector.enabled, true)
                .setConfig(BoltConnector.listen_address, address)
                .setConfig(BoltConnector.advertised_address, address)
                .setConfig(HttpConnector.enabled, false)
                .setConfig(GraphDatabaseSettings.auth_enabled, false)
                .setConfig(GraphDatabaseSettings.pagecache_memory, ByteUnit.mebiBytes(256))
                .setConfig(GraphDatabaseSettings.transaction_timeout, Duration.ofSeconds(60))
                .setConfig(GraphDatabaseSettings.keep_logical_logs, "keep_none");
        var secured = args.length > 2;
        if (secured) {
            var tls = SslPolicyConfig.forScope(SslPolicyScope.BOLT);
            builder.setConfig(GraphDatabaseSettings.auth_enabled, true)
                    .setConfig(BoltConnector.encryption_level, BoltConnector.EncryptionLevel.REQUIRED)
                    .setConfig(tls.enabled, true)
                    .setConfig(tls.base_directory, Path.of(args[2]))
                    .setConfig(tls.client_auth, ClientAuth.NONE);
        }
        var server = builder.build();
        if (secured) {
            server.database(GraphDatabaseSettings.SYSTEM_DATABASE_NAME)
                    .executeTransactionally(
                            "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED",
                            Map.of("password", System.getenv("NEO4J_PASSWORD")));
        }
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "shutdown"));
        System.out.println("Bolt on " + address);
        new CountDownLatch(1).await();
    }
}
