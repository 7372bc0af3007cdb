package io.memoryreflector.store;

import io.memoryreflector.store.projection.GraphDriver;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.neo4j.driver.AuthToken;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Logging;

/** Opens Neo4j with a time-out on every wait and a bound on its pool. */
public final class Neo4jConnection {

    private static final int POOL = 32;

    private Neo4jConnection() {}

    /**
     * A driver that follows the generation of the graph in use; opening it does not connect yet.
     *
     * @param password empty where the server asks for none
     * @param timeout of connecting, of waiting for a connection of the pool and of retrying a transaction
     */
    @SuppressWarnings("deprecation") // Of the logging: see there.
    public static Driver open(String url, String user, String password, Duration timeout) {
        var config = Config.builder()
                .withConnectionTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .withConnectionAcquisitionTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .withMaxTransactionRetryTime(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .withMaxConnectionPoolSize(POOL)
                // The driver's own default writes every message out in words, vectors and all, before it asks whether
                // anybody reads them.
                .withLogging(Logging.slf4j())
                .build();
        return GraphDriver.following(GraphDatabase.driver(url, token(user, password), config));
    }

    private static AuthToken token(String user, String password) {
        return password == null || password.isEmpty() ? AuthTokens.none() : AuthTokens.basic(user, password);
    }
}
