package io.memoryreflector.ingest.health;

import java.util.concurrent.TimeUnit;
import org.neo4j.driver.Driver;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Neo4j answers: without it writes go on, recall does not. */
@Component("neo4jHealthIndicator")
final class Neo4jHealth extends AbstractHealthIndicator {

    private static final int TIMEOUT_MS = 2_000;

    private final Driver neo4j;

    Neo4jHealth(Driver neo4j) {
        super("Neo4j does not answer");
        this.neo4j = neo4j;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) throws Exception {
        neo4j.verifyConnectivityAsync().toCompletableFuture().get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
        builder.up();
    }
}
