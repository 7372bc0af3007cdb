package io.memoryreflector.store.longterm;

import io.memoryreflector.schemas.UserKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Record;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.TransactionContext;
import org.neo4j.driver.Value;

/**
 * Takes out of the graph what has been kept for long enough, one bounded transaction a call, under the user's lock. Every
 * call may be repeated. Thread-safe.
 */
public final class Retiring {

    private static final String USERS = Cypher.read("retire_users.cypher");
    private static final String DUE = Cypher.read("retire_due.cypher");
    private static final String INTERACTIONS_PAGE = Cypher.read("retire_interactions_page.cypher");
    private static final String INTERACTIONS = Cypher.read("retire_interactions.cypher");
    private static final String CITED = Cypher.read("retire_cited.cypher");
    private static final String SESSIONS = Cypher.read("retire_sessions.cypher");
    private static final String MEMORIES_PAGE = Cypher.read("retire_memories_page.cypher");
    private static final String MEMORIES = Cypher.read("retire_memories.cypher");

    private final Driver driver;
    private final TransactionConfig timeout;

    /**
     * @param driver stays the caller's to close
     * @param timeout of one transaction
     */
    public Retiring(Driver driver, Duration timeout) {
        this.driver = driver;
        this.timeout = TransactionConfig.builder().withTimeout(timeout).build();
    }

    /** What was recorded before these times has been kept for long enough; nothing is older than 1970. */
    public record Cutoffs(UserKey user, Instant interactions, Instant sessions, Instant memories) {}

    /**
     * An interaction that holds what was said.
     *
     * @param key of its node
     * @param since when it was recorded
     */
    public record Raw(String key, String interactionId, Instant since) {

        /** Before all others. */
        public static final Raw NONE = new Raw("", "", Instant.EPOCH);
    }

    /** A page of users between two keys, both left out, in the order of their keys. */
    public List<UserKey> users(String after, String until, int limit) {
        return read(
                USERS, Map.of("after", after, "until", until, "limit", limit), row -> UserKey.parse(text(row, "user")));
    }

    /** Those users of whom anything is to be taken out. */
    public Set<UserKey> due(Collection<Cutoffs> cutoffs) {
        var rows = cutoffs.stream()
                .map(cutoff -> Map.of(
                        "user", cutoff.user().toString(),
                        "interactions", cutoff.interactions().toEpochMilli(),
                        "sessions", cutoff.sessions().toEpochMilli(),
                        "memories", cutoff.memories().toEpochMilli()))
                .toList();
        return new HashSet<>(read(DUE, Map.of("rows", rows), row -> UserKey.parse(text(row, "user"))));
    }

    /**
     * A page of interactions that hold what was said and were recorded before a time, the oldest first.
     *
     * @param after the last of the page before
     */
    public List<Raw> interactions(UserKey user, Instant before, Raw after, int limit) {
        return read(
                INTERACTIONS_PAGE,
                Map.of(
                        "user", user.toString(),
                        "before", before.toEpochMilli(),
                        "since", after.since().toEpochMilli(),
                        "key", after.key(),
                        "limit", limit),
                row -> new Raw(
                        text(row, "key"),
                        text(row, "id"),
                        Instant.ofEpochMilli(row.get("raw_since").asLong())));
    }

    /** Those of a user's interactions that a memory rests on. */
    public Set<String> cited(UserKey user, Collection<String> interactionIds) {
        return interactionIds.isEmpty()
                ? Set.of()
                : new HashSet<>(read(
                        CITED,
                        Map.of("user", user.toString(), "ids", List.copyOf(interactionIds)),
                        row -> text(row, "id")));
    }

    /** Removes what was said, and by whom; ids and times stay. Tells of how many: those written anew since stay whole. */
    public int cleanInteractions(UserKey user, Collection<Raw> interactions, Instant now) {
        if (interactions.isEmpty()) {
            return 0;
        }
        var rows = interactions.stream()
                .map(raw -> Map.of("key", raw.key(), "raw_since", raw.since().toEpochMilli()))
                .toList();
        return write(user, 0, tx -> tx.run(INTERACTIONS, Map.of("rows", rows, "now", now.toEpochMilli()))
                .single()
                .get("cleaned")
                .asInt());
    }

    /** Removes summaries of sessions that were recorded before a time; their revisions stay. Tells of how many. */
    public int cleanSessions(UserKey user, Instant before, int limit) {
        return write(user, 0, tx -> tx.run(SESSIONS, parameters(user, before, limit))
                .single()
                .get("cleaned")
                .asInt());
    }

    /** Removes memories that were recorded before a time, as if they had never been; their ids stay. Tells of how many. */
    public int cleanMemories(UserKey user, Instant before, int limit) {
        return write(user, 1, tx -> {
            var rows = tx.run(MEMORIES_PAGE, parameters(user, before, limit)).list(row -> row.asMap());
            if (!rows.isEmpty()) {
                Erasing.memories(tx, user.toString(), rows);
                tx.run(Cypher.DELETED, Map.of("user", user.toString())).consume();
                var ids = rows.stream().map(row -> row.get("id")).toList();
                tx.run(MEMORIES, Map.of("user", user.toString(), "ids", ids)).consume();
            }
            return rows.size();
        });
    }

    private static Map<String, Object> parameters(UserKey user, Instant before, int limit) {
        return Map.of("user", user.toString(), "before", before.toEpochMilli(), "limit", limit);
    }

    /** @param raise of the user's number, for what recall reads */
    private int write(UserKey user, int raise, Function<TransactionContext, Integer> work) {
        try (var session = driver.session()) {
            return session.executeWrite(
                    tx -> {
                        Statements.run(
                                tx, Cypher.USERS, "users", List.of(Map.of("key", user.toString(), "raise", raise)));
                        return work.apply(tx);
                    },
                    timeout);
        }
    }

    private static String text(Record row, String name) {
        Value value = row.get(name);
        return value.asString();
    }

    private <T> List<T> read(String statement, Map<String, Object> parameters, Function<Record, T> row) {
        try (var session = driver.session()) {
            return session.executeRead(tx -> tx.run(statement, parameters).list(row::apply), timeout);
        }
    }
}
