package io.memoryreflector.store.longterm;

import io.memoryreflector.schemas.UserKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.neo4j.driver.Driver;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.Value;

/** What was changed of memories after they were made, as the graph holds it. Thread-safe. */
public final class Amendments {

    private static final int MOST = 1_000;

    private final Driver driver;
    private final TransactionConfig timeout;

    /**
     * @param driver stays the caller's to close
     * @param timeout of one question
     */
    public Amendments(Driver driver, Duration timeout) {
        this.driver = driver;
        this.timeout = TransactionConfig.builder().withTimeout(timeout).build();
    }

    /**
     * One change.
     *
     * @param text the new wording; empty if it was left
     * @param released true took it out of quarantine, false put it in; empty if that was left
     */
    public record Amendment(
            String amendmentId,
            String memoryId,
            Optional<String> text,
            Optional<Boolean> released,
            Optional<String> reason,
            Instant amendedAt) {}

    /**
     * What a memory was.
     *
     * @param text as it was made
     * @param changes oldest first, at most a thousand
     */
    public record History(String text, List<Amendment> changes) {}

    /** The history of a memory; empty if it is not there. */
    public Optional<History> history(String memoryId) {
        return read(
                        Cypher.HISTORY,
                        Map.of("id", memoryId, "limit", MOST),
                        row -> new History(
                                row.get("text").asString(), row.get("changes").asList(Amendments::amendment)))
                .stream()
                .findFirst();
    }

    /**
     * A page of a user's, by id.
     *
     * @param after the last id of the page before, or an empty text
     */
    public List<Amendment> of(UserKey user, String after, int limit) {
        return read(
                Cypher.AMENDMENTS_PAGE,
                Map.of("user", user.toString(), "after", after, "limit", limit),
                row -> amendment(row.get("change")));
    }

    private static Amendment amendment(Value properties) {
        var released = properties.get("released");
        return new Amendment(
                properties.get("amendment_id").asString(),
                properties.get("memory_id").asString(),
                Optional.ofNullable(properties.get("text").asString(null)),
                released.isNull() ? Optional.empty() : Optional.of(released.asBoolean()),
                Optional.ofNullable(properties.get("reason").asString(null)),
                Instant.ofEpochMilli(properties.get("amended_at").asLong()));
    }

    private <T> List<T> read(
            String statement,
            Map<String, Object> parameters,
            java.util.function.Function<org.neo4j.driver.Record, T> row) {
        try (var session = driver.session()) {
            return session.executeRead(tx -> tx.run(statement, parameters).list(row), timeout);
        }
    }
}
