package io.memoryreflector.store.longterm;

import io.memoryreflector.events.Tier;
import io.memoryreflector.schemas.UserKey;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Record;
import org.neo4j.driver.TransactionConfig;

/** What the graph holds of all users of one namespace. Thread-safe. */
public final class NamespaceMemory {

    private final Driver driver;
    private final TransactionConfig timeout;

    /**
     * @param driver stays the caller's to close
     * @param timeout of one statement
     */
    public NamespaceMemory(Driver driver, Duration timeout) {
        this.driver = driver;
        this.timeout = TransactionConfig.builder().withTimeout(timeout).build();
    }

    /**
     * How many memories there are of one kind.
     *
     * @param source the way in of what they rest on
     * @param day on which it took place, in UTC
     * @param quarantined of them
     */
    public record Count(Tier tier, String source, LocalDate day, long memories, long quarantined) {}

    /**
     * What of a namespace is looked at, the newest first.
     *
     * @param from occurred at or after
     * @param to occurred at or before
     */
    public record Filter(
            String namespace, Optional<String> sessionId, Optional<Instant> from, Optional<Instant> to, int limit) {}

    /** Something and whose it is. */
    public record Owned<T>(UserKey user, T value) {}

    /** All memories, counted by tier, source and day. */
    public List<Count> counts(String namespace) {
        return read(
                Cypher.NAMESPACE_COUNTS,
                Map.of("prefix", prefix(namespace)),
                row -> new Count(
                        Tier.valueOf(row.get("tier").asString()),
                        row.get("source").asString("unknown"),
                        LocalDate.parse(row.get("day").asString()),
                        row.get("memories").asLong(),
                        row.get("quarantined").asLong()));
    }

    /** Memories, the newest first. */
    public List<Owned<Memory>> memories(Filter filter) {
        return read(
                Cypher.NAMESPACE_MEMORIES,
                parameters(filter),
                row -> new Owned<>(
                        UserKey.parse(row.get("memory").get("user_key").asString()), Rows.memory(row.get("memory"))));
    }

    /** Interactions with what was said in them, the newest first. */
    public List<Owned<Transcripts.Said>> interactions(Filter filter) {
        return read(
                Cypher.NAMESPACE_INTERACTIONS,
                parameters(filter),
                row -> new Owned<>(
                        UserKey.parse(row.get("interaction").get("user_key").asString()), Transcripts.said(row)));
    }

    private static Map<String, Object> parameters(Filter filter) {
        var parameters = new HashMap<String, Object>();
        parameters.put("prefix", prefix(filter.namespace()));
        parameters.put("session", filter.sessionId().orElse(null));
        parameters.put("from", filter.from().map(Instant::toEpochMilli).orElse(null));
        parameters.put("to", filter.to().map(Instant::toEpochMilli).orElse(null));
        parameters.put("limit", filter.limit());
        return parameters;
    }

    /** No namespace has a slash in it. */
    private static String prefix(String namespace) {
        return namespace + "/";
    }

    private <T> List<T> read(String statement, Map<String, Object> parameters, Function<Record, T> row) {
        try (var session = driver.session()) {
            return session.executeRead(tx -> tx.run(statement, parameters).list(row::apply), timeout);
        }
    }
}
