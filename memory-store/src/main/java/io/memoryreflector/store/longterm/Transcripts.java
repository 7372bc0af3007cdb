package io.memoryreflector.store.longterm;

import io.memoryreflector.schemas.UserKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.neo4j.driver.Driver;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.Value;

/** What a user and their partners said, as the graph holds it, page by page. Thread-safe. */
public final class Transcripts {

    private static final String CLEANED = Cypher.read("cleaned_interactions.cypher");
    private static final long BEFORE_ALL = Long.MIN_VALUE;

    private final Driver driver;
    private final TransactionConfig timeout;

    /**
     * @param driver stays the caller's to close
     * @param timeout of one page
     */
    public Transcripts(Driver driver, Duration timeout) {
        this.driver = driver;
        this.timeout = TransactionConfig.builder().withTimeout(timeout).build();
    }

    /**
     * An interaction with what was said in it, oldest first.
     *
     * @param cleanedAt when its text was cleaned, having been kept for long enough; its messages are empty then
     */
    public record Said(
            String interactionId,
            Optional<String> sessionId,
            String source,
            Instant occurredAt,
            Instant recordedAt,
            List<Utterance> messages,
            Optional<Instant> cleanedAt) {}

    /** One message; its content is empty once it was cleaned. */
    public record Utterance(String messageId, String role, Optional<String> author, String content, Instant sentAt) {}

    /** A session and its extent. */
    public record Held(String sessionId, long interactions, Instant first, Instant last) {}

    /** Those of a user's interactions whose text was cleaned, and when. */
    public Map<String, Instant> cleaned(UserKey user, Collection<String> interactionIds) {
        var keys = interactionIds.stream()
                .distinct()
                .map(id -> Rows.interactionKey(user.toString(), id))
                .toList();
        return read(
                        CLEANED,
                        Map.of("keys", keys),
                        row -> Map.entry(row.get("id").asString(), time(row.get("cleaned_at"))))
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * A page, oldest first.
     *
     * @param after the last of the page before
     */
    public List<Said> interactions(UserKey user, Optional<Said> after, int limit) {
        var parameters = Map.<String, Object>of(
                "user", user.toString(),
                "occurred_at",
                        after.map(said -> said.occurredAt().toEpochMilli()).orElse(BEFORE_ALL),
                "id", after.map(Said::interactionId).orElse(""),
                "limit", limit);
        return read(Cypher.INTERACTIONS_PAGE, parameters, Transcripts::said);
    }

    /**
     * A page of sessions, by id.
     *
     * @param after the last id of the page before, or an empty text
     */
    public List<Held> sessions(UserKey user, String after, int limit) {
        return read(
                Cypher.SESSIONS_PAGE,
                Map.of("user", user.toString(), "after", after, "limit", limit),
                row -> new Held(
                        row.get("session").asString(),
                        row.get("interactions").asLong(),
                        time(row.get("first")),
                        time(row.get("last"))));
    }

    static Said said(org.neo4j.driver.Record row) {
        var interaction = row.get("interaction");
        return new Said(
                interaction.get("interaction_id").asString(),
                Optional.ofNullable(interaction.get("session_id").asString(null)),
                interaction.get("source").asString(""),
                time(interaction.get("occurred_at")),
                Instant.ofEpochMilli(interaction.get("recorded_at").asLong(0)),
                row.get("messages")
                        .asList(message -> new Utterance(
                                message.get("message_id").asString(),
                                message.get("role").asString(""),
                                Optional.ofNullable(message.get("author").asString(null)),
                                message.get("content").asString(""),
                                time(message.get("sent_at")))),
                Optional.of(interaction.get("cleaned_at"))
                        .filter(cleaned -> !cleaned.isNull())
                        .map(Transcripts::time));
    }

    private static Instant time(Value millis) {
        return Instant.ofEpochMilli(millis.asLong());
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
