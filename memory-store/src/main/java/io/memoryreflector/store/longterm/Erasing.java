package io.memoryreflector.store.longterm;

import io.memoryreflector.events.ErasureScope;
import io.memoryreflector.events.UserForgotten;
import io.memoryreflector.schemas.erasure.Erasures;
import io.memoryreflector.schemas.erasure.Handed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.neo4j.driver.Driver;
import org.neo4j.driver.TransactionCallback;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.TransactionContext;
import org.neo4j.driver.Value;

/**
 * Deletes what an erasure covers, in transactions of bounded size. The erasure is kept in the graph before, so that
 * nothing it covers is written meanwhile; what a process leaves half done, the next one that gets the erasure does.
 * Thread-safe.
 */
final class Erasing {

    private static final int AT_ONCE = 2_000;
    private static final int LOOKED_FOR = 20_000;

    private final Driver driver;
    private final TransactionConfig timeout;

    Erasing(Driver driver, TransactionConfig timeout) {
        this.driver = driver;
        this.timeout = timeout;
    }

    /** Deletes what this erasure and earlier ones of its user cover. */
    void run(UserForgotten erasure) {
        var user = Rows.user(erasure.getNamespace(), erasure.getUserId());
        var all = Map.<String, Object>of("user", user);
        if (erasure.getScope() == ErasureScope.MEMORY) {
            var one = Map.<String, Object>of("user", user, "id", String.valueOf(erasure.getTargetId()));
            sweep(user, new Candidates(Cypher.ERASE_CANDIDATE, one), this::deleteMemories);
        } else if (erasure.getScope() != ErasureScope.USER || !everything(user, erasure.getErasedAt())) {
            sweep(user, new Candidates(Cypher.ERASE_CANDIDATES, all), this::deleteMemories);
            sweep(user, new Candidates(Cypher.ERASE_CANDIDATE_INTERACTIONS, all), (tx, owner, rows) -> tx.run(
                            Cypher.ERASE_INTERACTIONS, Map.of("user", owner, "rows", rows))
                    .consume());
        }
        sweep(user, new Candidates(Cypher.ERASE_CANDIDATE_AMENDMENTS, all), Amending::forget);
        sweep(user, new Candidates(Cypher.ERASE_CANDIDATE_SESSIONS, all), (tx, owner, rows) -> tx.run(
                        Cypher.ERASE_SESSIONS, Map.of("user", owner, "rows", rows))
                .consume());
    }

    /**
     * Deletes all of a user without looking at each, which is several times as fast; memories and interactions side by
     * side, as they hang on nothing of each other.
     *
     * @return whether nothing is left; false where a memory is younger, and then others of it may have to be mended
     */
    private boolean everything(String user, Instant until) {
        var parameters = Map.<String, Object>of("user", user, "until", until.toEpochMilli(), "limit", AT_ONCE);
        var interactions = CompletableFuture.runAsync(
                () -> some(tx -> deleted(tx, Cypher.ERASE_SOME_INTERACTIONS, parameters)),
                task -> new Thread(task, "erasing-interactions").start());
        try {
            return some(tx -> someMemories(tx, user, parameters)) >= 0;
        } finally {
            ended(interactions);
        }
    }

    /** Each of its transactions ends in time. */
    private static void ended(CompletableFuture<?> deletion) {
        try {
            deletion.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Deletes until a transaction deletes less than it may; returns what that one did. */
    private int some(TransactionCallback<Integer> deletion) {
        try (var session = driver.session()) {
            var deleted = AT_ONCE;
            while (deleted == AT_ONCE) {
                deleted = session.executeWrite(deletion, timeout);
            }
            return deleted;
        }
    }

    /** Under the user's lock; negative where one is younger. */
    private static int someMemories(TransactionContext tx, String user, Map<String, Object> parameters) {
        Statements.run(tx, Cypher.USERS, "users", List.of(Map.of("key", user, "raise", 1)));
        if (tx.run(Cypher.ERASE_NEWER, parameters).single().get("newer").asBoolean()) {
            return -1;
        }
        tx.run(Cypher.DELETED, Map.of("user", user)).consume();
        return deleted(tx, Cypher.ERASE_SOME_MEMORIES, parameters);
    }

    private static int deleted(TransactionContext tx, String statement, Map<String, Object> parameters) {
        return tx.run(statement, parameters).single().get("deleted").asInt();
    }

    /** What may have to go. */
    private record Candidates(String statement, Map<String, Object> parameters) {}

    /** Looks for a bounded number and deletes them, until there are no more. */
    private void sweep(String user, Candidates candidates, Deletion deletion) {
        List<Map<String, Object>> rows;
        do {
            rows = covered(user, candidates);
            inBatches(user, rows, deletion);
        } while (rows.size() == LOOKED_FOR);
    }

    /**
     * Deletes memories with all that hangs on them, inside the caller's transaction and under the user's lock; what they
     * had ended holds again.
     *
     * @param rows id and {@code recorded_at} of each; one that was written anew since is left alone
     */
    static void memories(TransactionContext tx, String user, List<Map<String, Object>> rows) {
        var plan = tx.run(Cypher.ERASE_PLAN, Map.of("user", user, "rows", rows)).single();
        var ids = texts(plan.get("ids"));
        var superseded = texts(plan.get("superseded"));
        if (ids.isEmpty()) {
            return;
        }
        Statements.run(tx, Cypher.ERASE_NAMED, "ids", ids);
        Statements.run(tx, Cypher.ERASE_MEMORIES, "ids", ids);
        Statements.run(tx, Cypher.ERASE_BARE, "ids", superseded);
        Statements.run(tx, Cypher.ERASE_ENTITIES, "keys", texts(plan.get("entities")));
        Statements.end(tx, texts(plan.get("slots")), superseded);
    }

    private interface Deletion {
        void run(TransactionContext tx, String user, List<Map<String, Object>> rows);
    }

    private void deleteMemories(TransactionContext tx, String user, List<Map<String, Object>> rows) {
        memories(tx, user, rows);
        tx.run(Cypher.DELETED, Map.of("user", user)).consume();
    }

    private void inBatches(String user, List<Map<String, Object>> rows, Deletion deletion) {
        try (var session = driver.session()) {
            for (int from = 0; from < rows.size(); from += AT_ONCE) {
                var batch = rows.subList(from, Math.min(from + AT_ONCE, rows.size()));
                session.executeWriteWithoutResult(
                        tx -> {
                            Statements.run(tx, Cypher.USERS, "users", List.of(Map.of("key", user, "raise", 1)));
                            deletion.run(tx, user, batch);
                        },
                        timeout);
            }
        }
    }

    /** Reads row by row, so that only what is to go is held. */
    private List<Map<String, Object>> covered(String user, Candidates candidates) {
        try (var session = driver.session()) {
            return session.executeRead(
                    tx -> {
                        var forgotten = Tombstones.read(tx, List.of(user));
                        var rows = new ArrayList<Map<String, Object>>();
                        var found = tx.run(candidates.statement(), candidates.parameters());
                        while (found.hasNext() && rows.size() < LOOKED_FOR) {
                            var row = found.next();
                            if (isCovered(forgotten, user, row.asMap(v -> v))) {
                                rows.add(Map.of(
                                        "id", row.get("id").asString(),
                                        "recorded_at", row.get("recorded_at").asLong(0)));
                            }
                        }
                        return rows;
                    },
                    timeout);
        }
    }

    private static boolean isCovered(Erasures forgotten, String user, Map<String, Value> row) {
        return forgotten.covers(new Handed(
                user,
                row.get("session").asString(null),
                Rows.source(row.get("source").asString("")),
                Set.copyOf(texts(row.get("interactions"))),
                row.get("memory").asString(null),
                // What an earlier version has written without its time was there before any erasure.
                Instant.ofEpochMilli(row.get("recorded_at").asLong(0))));
    }

    private static List<String> texts(Value list) {
        return list.asList(Value::asString);
    }
}
