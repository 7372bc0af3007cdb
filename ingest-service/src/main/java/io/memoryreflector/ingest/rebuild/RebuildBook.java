package io.memoryreflector.ingest.rebuild;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.neo4j.driver.Driver;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.TransactionContext;
import org.neo4j.driver.Value;

/**
 * Rebuilds as nodes of Neo4j, so that any instance can tell of them and go on with one whose process is gone. Who works on
 * one holds it for some seconds and says so again as it goes. Thread-safe.
 */
final class RebuildBook {

    /** Some times as long as the pause after which it is said again. */
    static final Duration HELD = Duration.ofSeconds(15);

    private static final int LISTED = 100;

    private static final String CONSTRAINTS =
            "CREATE CONSTRAINT projection_name IF NOT EXISTS FOR (p:Projection) REQUIRE p.name IS UNIQUE";

    /** The write to the one node of the graph lets only one in at a time. */
    private static final String BEGIN = """
            MERGE (p:Projection {name: 'graph'})
              ON CREATE SET p.generation = 1
            SET p.asked_at = $now
            WITH p
            WHERE NOT EXISTS { MATCH (r:Rebuild) WHERE NOT r.phase IN ['DONE', 'FAILED'] }
            OPTIONAL MATCH (r:Rebuild {target: 'REDIS'})
            WITH p, coalesce(max(r.number), 0) AS last
            CREATE (n:Rebuild {id: $id, target: $target, phase: 'CLEARING', done: 0, total: 0, refused: 0,
              number: CASE WHEN $target = 'NEO4J' THEN p.generation + 1 WHEN last < $now THEN $now ELSE last + 1 END,
              started_at: $now, held_until: 0})
            RETURN properties(n) AS rebuild""";

    private static final String HOLD = """
            MATCH (r:Rebuild {id: $id})
            SET r.asked_at = $now
            WITH r WHERE NOT r.phase IN ['DONE', 'FAILED'] AND r.held_until < $now
            SET r.owner = $owner, r.held_until = $until
            RETURN properties(r) AS rebuild""";

    private static final String LET_GO =
            "MATCH (r:Rebuild {id: $id}) SET r.asked_at = $now" + " WITH r WHERE r.owner = $owner SET r.held_until = 0";

    private static final String WRITE = """
            MATCH (r:Rebuild {id: $id})
            SET r.asked_at = $now
            WITH r WHERE r.owner = $owner
            SET r += $changes, r.held_until = $until
            RETURN r.id AS id""";

    private static final String LIST =
            "MATCH (r:Rebuild) RETURN properties(r) AS rebuild ORDER BY r.started_at DESC, r.id DESC LIMIT $limit";

    private static final String FIND = "MATCH (r:Rebuild {id: $id}) RETURN properties(r) AS rebuild";

    private final Driver raw;
    private final TransactionConfig timeout;
    private final InstantSource clock;

    /** @param raw whose statements are run as they are */
    RebuildBook(Driver raw, Duration timeout, InstantSource clock) {
        this.raw = raw;
        this.timeout = TransactionConfig.builder().withTimeout(timeout).build();
        this.clock = clock;
    }

    /** Writes down a new one; empty while another is under way. */
    Optional<Rebuild> begin(String id, Target target) {
        try (var session = raw.session()) {
            session.run(CONSTRAINTS).consume();
        }
        return change(BEGIN, Map.of("id", id, "target", target.name(), "now", clock.millis()));
    }

    /**
     * Takes one that is under way and that nobody works on.
     *
     * @param owner a name that was never used before: who was overtaken once must not take its old work for the new
     */
    Optional<Rebuild> hold(String id, String owner) {
        var now = clock.millis();
        return change(HOLD, Map.of("id", id, "owner", owner, "now", now, "until", now + HELD.toMillis()));
    }

    /** Whoever comes next may take it at once. */
    void letGo(String id, String owner) {
        try (var session = raw.session()) {
            session.executeWriteWithoutResult(
                    tx -> tx.run(LET_GO, Map.of("id", id, "owner", owner, "now", clock.millis()))
                            .consume(),
                    timeout);
        }
    }

    /**
     * Says that its owner still works on it.
     *
     * @throws Overtaken where another has it meanwhile
     */
    void keep(String id, String owner) {
        try (var session = raw.session()) {
            session.executeWriteWithoutResult(tx -> write(tx, id, owner, Map.of()), timeout);
        }
    }

    /**
     * Writes down how far one is, and that its owner goes on with it.
     *
     * @throws Overtaken where another has it meanwhile
     */
    void write(Rebuild rebuild, String owner) {
        var changes = new HashMap<String, Object>();
        changes.put("phase", rebuild.phase().name());
        changes.put("done", rebuild.done());
        changes.put("total", rebuild.total());
        changes.put("refused", rebuild.refused());
        rebuild.endedAt().ifPresent(at -> changes.put("ended_at", at.toEpochMilli()));
        rebuild.error().ifPresent(error -> changes.put("error", error));
        try (var session = raw.session()) {
            session.executeWriteWithoutResult(tx -> write(tx, rebuild.id(), owner, changes), timeout);
        }
    }

    /**
     * Lets a transaction go on only as long as the owner has it: nobody can take it over before the transaction has ended.
     *
     * @throws Overtaken where another has it meanwhile
     */
    void guard(TransactionContext tx, String id, String owner) {
        write(tx, id, owner, Map.of());
    }

    private void write(TransactionContext tx, String id, String owner, Map<String, Object> changes) {
        var now = clock.millis();
        var parameters = Map.<String, Object>of(
                "id", id, "owner", owner, "changes", changes, "now", now, "until", now + HELD.toMillis());
        if (tx.run(WRITE, parameters).list().isEmpty()) {
            throw new Overtaken(id);
        }
    }

    /** The last hundred, the latest first. */
    List<Rebuild> list() {
        return read(LIST, Map.of("limit", LISTED));
    }

    Optional<Rebuild> find(String id) {
        return read(FIND, Map.of("id", id)).stream().findFirst();
    }

    /** Another process has taken a rebuild over. */
    static final class Overtaken extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Overtaken(String id) {
            super("rebuild " + id + " is another process's now");
        }
    }

    private Optional<Rebuild> change(String statement, Map<String, Object> parameters) {
        try (var session = raw.session()) {
            return session.executeWrite(
                    tx -> tx.run(statement, parameters).stream()
                            .map(row -> rebuild(row.get("rebuild")))
                            .findFirst(),
                    timeout);
        }
    }

    private List<Rebuild> read(String statement, Map<String, Object> parameters) {
        try (var session = raw.session()) {
            return session.executeRead(
                    tx -> tx.run(statement, parameters).list(row -> rebuild(row.get("rebuild"))), timeout);
        }
    }

    private static Rebuild rebuild(Value node) {
        return new Rebuild(
                node.get("id").asString(),
                Target.valueOf(node.get("target").asString()),
                node.get("number").asLong(),
                Rebuild.Phase.valueOf(node.get("phase").asString()),
                node.get("done").asLong(),
                node.get("total").asLong(),
                node.get("refused").asLong(),
                Instant.ofEpochMilli(node.get("started_at").asLong()),
                node.get("ended_at").isNull()
                        ? Optional.empty()
                        : Optional.of(Instant.ofEpochMilli(node.get("ended_at").asLong())),
                Optional.ofNullable(node.get("error").asString(null)));
    }
}
