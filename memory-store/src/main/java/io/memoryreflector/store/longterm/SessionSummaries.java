package io.memoryreflector.store.longterm;

import io.memoryreflector.events.SourceRef;
import io.memoryreflector.schemas.UserKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.neo4j.driver.Driver;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.Value;

/** Sessions in short, as the graph holds them. Thread-safe. */
public final class SessionSummaries {

    private static final String PAGE = Cypher.read("session_summaries_page.cypher");
    private static final String FIND = Cypher.read("session_summaries.cypher");

    private final Driver driver;
    private final TransactionConfig timeout;

    /**
     * @param driver stays the caller's to close
     * @param timeout of one statement
     */
    public SessionSummaries(Driver driver, Duration timeout) {
        this.driver = driver;
        this.timeout = TransactionConfig.builder().withTimeout(timeout).build();
    }

    /**
     * A session in short.
     *
     * @param startedAt of its first memory, by event time
     * @param endedAt of its last one
     * @param interactions in it
     * @param memoryIds all that was learnt in it; one that was deleted since is not found any more
     * @param sources messages that the text rests on
     * @param revision raised each time that it was amended
     */
    public record Summary(
            UserKey user,
            String memoryId,
            String sessionId,
            String text,
            Instant startedAt,
            Instant endedAt,
            Instant recordedAt,
            long interactions,
            List<String> memoryIds,
            List<SourceRef> sources,
            String reflector,
            int revision) {}

    /**
     * A page of a user's sessions, by id.
     *
     * @param after the last session id of the page before, or an empty text
     */
    public List<Summary> page(UserKey user, String after, int limit) {
        return read(PAGE, Map.of("user", user.toString(), "after", after, "limit", limit));
    }

    /**
     * Sessions of all users of a namespace, those that ended last first.
     *
     * @param from ended at or after
     * @param to begun at or before
     */
    public List<Summary> find(
            String namespace, Optional<String> sessionId, Optional<Instant> from, Optional<Instant> to, int limit) {
        var parameters = new HashMap<String, Object>();
        parameters.put("prefix", namespace + "/");
        parameters.put("session", sessionId.orElse(null));
        parameters.put("from", from.map(Instant::toEpochMilli).orElse(null));
        parameters.put("to", to.map(Instant::toEpochMilli).orElse(null));
        parameters.put("limit", limit);
        return read(FIND, parameters);
    }

    private List<Summary> read(String statement, Map<String, Object> parameters) {
        try (var session = driver.session()) {
            return session.executeRead(
                    tx -> tx.run(statement, parameters).list(row -> summary(row.get("session"))), timeout);
        }
    }

    private static Summary summary(Value properties) {
        return new Summary(
                UserKey.parse(properties.get("user_key").asString()),
                properties.get("memory_id").asString(),
                properties.get("session_id").asString(""),
                properties.get("text").asString(),
                time(properties.get("started_at")),
                time(properties.get("ended_at")),
                time(properties.get("recorded_at")),
                properties.get("interaction_count").asLong(),
                properties.get("memory_ids").asList(Value::asString),
                Rows.sources(properties),
                properties.get("reflector").asString(),
                properties.get("revision").asInt());
    }

    private static Instant time(Value millis) {
        return Instant.ofEpochMilli(millis.asLong());
    }
}
