package io.memoryreflector.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.localstack.Security;
import io.memoryreflector.store.RedisConnection;
import io.memoryreflector.systemtests.http.MemoryApi;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The whole system where Kafka, Redis and Neo4j speak TLS alone and ask for passwords. The certificate is for 127.0.0.1
 * and for no other name.
 */
class SecuredServersIT {

    private static final Duration SHORT = Duration.ofSeconds(3);

    private static LocalStack stack;
    private static Security security;
    private static SSLContext before;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(LocalStack.canBeSecured(), "skipped: no redis-server on the PATH (apt-get install redis-server)");
        before = SSLContext.getDefault();
        var masterKey = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
        stack = LocalStack.startSecured(
                Part.whole(),
                Map.of("REFLECTOR_MASTER_KEY", masterKey, "NEO4J_TIMEOUT", "30s", "REDIS_TIMEOUT", "10s"));
        security = stack.security();
    }

    @AfterAll
    static void stop() {
        if (stack != null) {
            SSLContext.setDefault(before);
            stack.close();
        }
    }

    @Test
    void shouldRememberOverTls() throws IOException {
        var api = new MemoryApi(URI.create(stack.ingestUrl()));

        var answer = api.post(
                Map.of("user_id", "ada", "user_message", "I live in Lisbon and I am allergic to nuts."),
                Duration.ofSeconds(60));

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        assertThat(answer.body().path("status").asString()).isEqualTo("completed");
        var recalled = api.recall("ada", "Where do I live?", 5);
        assertThat(recalled.path("short_term").size()).as("from Redis").isPositive();
        assertThat(recalled.path("items").toString()).as("from Neo4j").contains("\"semantic\"", "Lisbon");
        assertThat(api.get("/actuator/health").body().path("status").asString()).isEqualTo("UP");
        assertNoSecretIsLogged();
    }

    @Test
    void shouldLetNobodyIntoKafkaWithoutPasswordOrTrust() {
        assertThatThrownBy(() -> askKafka(Map.of("sasl.jaas.config", jaasWithPassword("wrong"))))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(SaslAuthenticationException.class);
        assertThatThrownBy(() -> askKafka(Map.of("ssl.truststore.location", "", "ssl.truststore.type", "JKS")))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(SslAuthenticationException.class);
        assertThatThrownBy(() -> askKafka(Map.of("security.protocol", "PLAINTEXT")))
                .isInstanceOf(ExecutionException.class);
    }

    @Test
    void shouldLetWhoHasBothIntoKafka() throws Exception {
        assertThat(askKafka(Map.of())).isNotEmpty();
    }

    @Test
    void shouldTrustRedisByItsCertificateAndItsHost() {
        var url = URI.create(stack.redisUrl());

        assertThatThrownBy(() -> ping(url)).as("nobody vouches for it").satisfies(SecuredServersIT::isOfTheHandshake);

        SSLContext.setDefault(security.trusting());
        assertThat(ping(url)).isEqualTo("PONG");
        assertThatThrownBy(() -> ping(URI.create(url.toString().replace("127.0.0.1", "localhost"))))
                .as("a certificate of another host")
                .satisfies(SecuredServersIT::isOfTheHandshake);
        assertThatThrownBy(() -> ping(URI.create(url.toString().replace("rediss:", "redis:"))))
                .as("in the clear")
                .isInstanceOf(JedisException.class);
    }

    @Test
    void shouldDeployConnectorsWithoutTheirSecretsByTheScriptOfTheContainer() throws Exception {
        var connect = URI.create(stack.connectUrl());
        var script = new ProcessBuilder(
                        "bash",
                        "../deploy/docker/connect/deploy-connectors",
                        connect.getHost(),
                        Integer.toString(connect.getPort()),
                        "redis-sink",
                        "neo4j-sink")
                .redirectErrorStream(true);
        script.environment().put("CONNECTORS", "../connectors/config");
        var process = script.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("redis-sink is deployed", "neo4j-sink is deployed");
        assertThat(process.exitValue()).isZero();

        var config = new MemoryApi(connect).get("/connectors/neo4j-sink/config").body();
        assertThat(config.path("neo4j.password").asString()).isEqualTo("${env:NEO4J_PASSWORD}");
    }

    private static String ping(URI url) {
        try (var redis = RedisConnection.open(url, SHORT)) {
            return redis.ping();
        }
    }

    private static void isOfTheHandshake(Throwable error) {
        assertThat(error).isInstanceOf(JedisException.class).hasRootCauseInstanceOf(Exception.class);
        assertThat(error).hasStackTraceContaining(SSLHandshakeException.class.getName());
    }

    private static String askKafka(Map<String, String> differently) throws Exception {
        var config = new HashMap<String, Object>();
        config.put("bootstrap.servers", stack.kafkaBootstrapServers());
        config.put("security.protocol", "SASL_SSL");
        config.put("sasl.mechanism", "SCRAM-SHA-512");
        config.put("sasl.jaas.config", security.jaas());
        config.put("ssl.truststore.type", "PKCS12");
        config.put("ssl.truststore.location", security.trustStore().toString());
        config.put("ssl.truststore.password", security.password());
        config.putAll(differently);
        config.values().removeIf(""::equals);
        if (!config.containsKey("ssl.truststore.location")) {
            config.remove("ssl.truststore.password");
        }
        config.put("default.api.timeout.ms", (int) SHORT.toMillis());
        config.put("request.timeout.ms", (int) SHORT.toMillis());
        try (var admin = Admin.create(config)) {
            return admin.describeCluster().clusterId().get();
        }
    }

    private static String jaasWithPassword(String password) {
        return security.jaas().replace(security.password(), password);
    }

    private static void assertNoSecretIsLogged() throws IOException {
        try (var logs = Files.newDirectoryStream(stack.data().resolve("logs"), "*.log")) {
            for (var log : logs) {
                assertThat(withoutJvmsOwnLine(Files.readString(log)))
                        .as(log.toString())
                        .doesNotContain(security.password());
            }
        }
    }

    /** The JVM itself tells which JAVA_TOOL_OPTIONS it took, the trust store's password among them. */
    private static String withoutJvmsOwnLine(String log) {
        return log.replaceAll("(?m)^Picked up JAVA_TOOL_OPTIONS: .*$", "");
    }
}
