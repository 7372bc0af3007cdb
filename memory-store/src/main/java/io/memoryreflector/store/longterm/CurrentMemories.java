package io.memoryreflector.store.longterm;

import io.memoryreflector.schemas.UserKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.neo4j.driver.Driver;
import org.neo4j.driver.TransactionConfig;

/** Lists what is remembered of a user and holds now: what is held back or over is left out. Thread-safe. */
public final class CurrentMemories {

    private final Driver driver;
    private final TransactionConfig timeout;

    /**
     * @param driver stays the caller's to close
     * @param timeout of one page
     */
    public CurrentMemories(Driver driver, Duration timeout) {
        this.driver = driver;
        this.timeout = TransactionConfig.builder().withTimeout(timeout).build();
    }

    /**
     * A page.
     *
     * @param total of all pages
     * @param memories newest first
     */
    public record Page(int total, List<Memory> memories) {}

    /**
     * A page by its place.
     *
     * @param sessionId of one session alone
     * @param from how many to pass over
     */
    public Page page(UserKey user, Optional<String> sessionId, Instant now, int from, int limit) {
        var parameters = new HashMap<String, Object>();
        parameters.put("user", user.toString());
        parameters.put("session", sessionId.orElse(null));
        parameters.put("now", now.toEpochMilli());
        parameters.put("from", from);
        parameters.put("to", from + limit);
        try (var session = driver.session()) {
            return session.executeRead(
                    tx -> {
                        var row = tx.run(Cypher.CURRENT, parameters).single();
                        return new Page(
                                row.get("total").asInt(), row.get("memories").asList(Rows::memory));
                    },
                    timeout);
        }
    }
}
