package io.memoryreflector.store.projection;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.neo4j.driver.Driver;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.TransactionContext;

/** Which generation of the graph is in use: one node says so, and one write to it is the switch. Thread-safe. */
public final class GraphGenerations {

    private static final String CONSTRAINT =
            "CREATE CONSTRAINT projection_name IF NOT EXISTS FOR (p:Projection) REQUIRE p.name IS UNIQUE";
    private static final String SWITCH = """
            MERGE (p:Projection {name: 'graph'})
              ON CREATE SET p.generation = 1
            WITH p WHERE p.generation = $before
            SET p.generation = $generation""";

    private static final String OLDER = """
            SHOW TRANSACTIONS YIELD elapsedTime
            WHERE elapsedTime.milliseconds > $ms
            RETURN count(*) AS n""";

    private static final int AT_ONCE = 2_000;
    private static final long LOOKS_EVERY_MS = 100;

    private final Driver raw;
    private final TransactionConfig timeout;

    /**
     * @param driver stays the caller's to close
     * @param timeout of one transaction
     */
    public GraphGenerations(Driver driver, Duration timeout) {
        this.raw = GraphDriver.raw(driver);
        this.timeout = TransactionConfig.builder().withTimeout(timeout).build();
    }

    /** The one that is read and written. */
    public Generation current() {
        try (var session = raw.session()) {
            return session.executeRead(GenerationInUse::current, timeout);
        }
    }

    /** A driver whose statements are about one generation. */
    public Driver driver(Generation generation) {
        return GraphDriver.pinned(raw, generation);
    }

    /**
     * Has a generation read and written from now on, in one step; does nothing if it is already.
     *
     * @param guard is run at the beginning of the transaction, inside of it; what it throws ends this, and nothing is
     *     switched
     * @throws IllegalStateException if neither it nor the one before it is in use
     */
    public void switchTo(Generation generation, Consumer<TransactionContext> guard) {
        try (var session = raw.session()) {
            session.run(CONSTRAINT).consume();
            session.executeWriteWithoutResult(
                    tx -> {
                        guard.accept(tx);
                        tx.run(SWITCH, Map.of("before", generation.number() - 1, "generation", generation.number()))
                                .consume();
                    },
                    timeout);
        }
        if (!current().equals(generation)) {
            throw new IllegalStateException("generation " + generation.number() + " does not follow the one in use, "
                    + current().number());
        }
    }

    /**
     * After a switch: waits until all transactions have ended that may be about the generation before; at most for as long as
     * one may take.
     */
    public void awaitOthers() throws InterruptedException {
        // For so long others may begin to read what was in use: nobody tells them of a switch.
        Thread.sleep(GenerationInUse.FRESH.toMillis());
        var since = System.nanoTime();
        long waited;
        do {
            Thread.sleep(LOOKS_EVERY_MS); // Neo4j tells no end of a transaction, so it is asked; the time-out ends it.
            waited = Duration.ofNanos(System.nanoTime() - since).toMillis();
        } while (waited < timeout.timeout().toMillis() && isAnyOlder(waited));
    }

    private boolean isAnyOlder(long ms) {
        try (var session = raw.session()) {
            return session.executeRead(
                    tx -> tx.run(OLDER, Map.of("ms", ms)).single().get("n").asInt() > 0, timeout);
        }
    }

    /**
     * Deletes all that a generation holds, in transactions of bounded size; a repeat goes on with what is left.
     *
     * @param guard is run at the beginning of each transaction, inside of it; what it throws ends this, and nothing is deleted
     * @throws IllegalStateException if it is under the labels that are in use
     */
    public void clear(Generation generation, Consumer<TransactionContext> guard) {
        for (var label : Generation.KINDS) {
            var statement =
                    generation.of("MATCH (n:" + label + ") WITH n LIMIT $limit DETACH DELETE n RETURN count(*) AS n");
            var deleted = AT_ONCE;
            while (deleted == AT_ONCE) {
                try (var session = raw.session()) {
                    deleted = session.executeWrite(
                            tx -> {
                                guard.accept(tx);
                                if (GenerationInUse.current(tx).number() % 2 == generation.number() % 2) {
                                    throw new IllegalStateException(
                                            "generation " + generation.number() + " is in use and stays");
                                }
                                return tx.run(statement, Map.of("limit", AT_ONCE))
                                        .single()
                                        .get("n")
                                        .asInt();
                            },
                            timeout);
                }
            }
        }
    }
}
