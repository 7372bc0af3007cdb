package io.memoryreflector.store.longterm;

import io.memoryreflector.events.Episode;
import io.memoryreflector.events.Fact;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.MemoryAmended;
import io.memoryreflector.events.Procedure;
import io.memoryreflector.events.SessionSummary;
import io.memoryreflector.events.UserForgotten;
import io.memoryreflector.schemas.erasure.Handed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.neo4j.driver.TransactionContext;

/**
 * Writes one batch of events in a transaction of its caller's. What an erasure covers is not written; of two copies of
 * one memory the one that was recorded last stays. One thread.
 */
final class Writing {

    private final List<Interaction> interactions = new ArrayList<>();
    /** By id, since one batch may hold a memory twice. */
    private final Map<String, SpecificRecord> memories = new LinkedHashMap<>();

    private final List<MemoryAmended> amendments = new ArrayList<>();
    private final SessionRows sessions = new SessionRows();
    private final List<UserForgotten> erasures = new ArrayList<>();
    /** Whether each user's number rises: only what recall reads raises it. */
    private final TreeMap<String, Integer> users = new TreeMap<>();

    /** @throws IllegalArgumentException on an event of another kind */
    Writing(List<? extends SpecificRecord> events) {
        for (var event : events) {
            if (event instanceof Interaction interaction) {
                interactions.add(interaction);
                users.putIfAbsent(Rows.user(interaction.getNamespace(), interaction.getUserId()), 0);
            } else if (event instanceof UserForgotten erasure) {
                erasures.add(erasure);
                users.putIfAbsent(Rows.user(erasure.getNamespace(), erasure.getUserId()), 0);
            } else if (event instanceof MemoryAmended amendment) {
                amendments.add(amendment);
                users.put(Rows.user(amendment.getNamespace(), amendment.getUserId()), 1);
            } else if (event instanceof SessionSummary summary) {
                sessions.add(summary);
                users.putIfAbsent(Rows.user(summary.getNamespace(), summary.getUserId()), 0);
            } else {
                var memory = Handed.ofMemory(event)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "the long term takes interactions, memories, amendments, sessions and erasures, got "
                                        + event.getClass().getName()));
                memories.merge(memory.memoryId(), event, Writing::newer);
                users.put(memory.user(), 1);
            }
        }
    }

    /** The erasures among the events; {@link #run} keeps them, and deletes nothing. */
    List<UserForgotten> erasures() {
        return erasures;
    }

    void run(TransactionContext tx) {
        // The locks of the users come first and in order: two writers wait, but never for each other. They also keep
        // an erasure from missing what is written beside it.
        Statements.run(
                tx,
                Cypher.USERS,
                "users",
                users.entrySet().stream()
                        .map(user -> Map.of("key", user.getKey(), "raise", user.getValue()))
                        .toList());
        Statements.run(
                tx,
                Cypher.KEEP_ERASURES,
                "rows",
                erasures.stream().map(Rows::erasure).toList());
        var forgotten = Tombstones.read(tx, users.keySet());
        dropStale(tx);
        interactions.removeIf(interaction -> forgotten.covers(Handed.of(interaction, Rows.recordedAt(interaction))));
        memories.values()
                .removeIf(memory ->
                        Handed.ofMemory(memory).filter(forgotten::covers).isPresent());
        amendments.removeIf(amendment -> forgotten.covers(Handed.of(amendment)));
        write(tx);
        sessions.runs(forgotten).forEach(rows -> Statements.run(tx, Cypher.SESSIONS, "rows", rows));
    }

    private void write(TransactionContext tx) {
        var episodes = new ArrayList<Map<String, Object>>();
        var facts = new ArrayList<Map<String, Object>>();
        var procedures = new ArrayList<Map<String, Object>>();
        var supersessions = new ArrayList<Map<String, Object>>();
        var slots = new TreeSet<String>();
        var ending = new TreeSet<String>();
        for (var memory : memories.values()) {
            if (memory instanceof Episode episode) {
                episodes.add(Rows.episode(episode));
            } else if (memory instanceof Fact fact) {
                facts.add(Rows.fact(fact));
                ending.add(fact.getMemoryId());
                var ended = Rows.ended(fact.getQuarantine(), fact.getSupersedes());
                ending.addAll(ended);
                supersessions.add(
                        Rows.supersession(Rows.user(fact.getNamespace(), fact.getUserId()), fact.getMemoryId(), ended));
                if (fact.getFunctional() && fact.getQuarantine() == null) {
                    slots.add(Rows.slot(fact));
                }
            } else if (memory instanceof Procedure procedure) {
                procedures.add(Rows.procedure(procedure));
                ending.add(procedure.getMemoryId());
                var ended = Rows.ended(procedure.getQuarantine(), procedure.getSupersedes());
                ending.addAll(ended);
                supersessions.add(Rows.supersession(
                        Rows.user(procedure.getNamespace(), procedure.getUserId()), procedure.getMemoryId(), ended));
            }
        }
        Statements.run(tx, Cypher.INTERACTIONS, "rows", newestOfEach());
        Statements.run(tx, Cypher.EPISODES, "rows", episodes);
        Statements.run(tx, Cypher.FACTS, "rows", facts);
        Statements.run(tx, Cypher.PROCEDURES, "rows", procedures);
        Statements.run(tx, Cypher.SUPERSEDE, "rows", supersessions);
        Statements.run(
                tx,
                Cypher.KEEP_AMENDMENTS,
                "rows",
                amendments.stream().map(Rows::amendment).toList());
        Amending.apply(tx, changed(tx), slots, ending);
        Statements.end(tx, slots, ending);
    }

    /** Which memories of this batch were changed, by it or before. */
    private List<String> changed(TransactionContext tx) {
        var ids = new TreeSet<>(memories.keySet());
        amendments.forEach(amendment -> ids.add(amendment.getMemoryId()));
        return ids.isEmpty()
                ? List.of()
                : tx.run(Cypher.AMENDED, Map.of("ids", List.copyOf(ids)))
                        .list(row -> row.get("id").asString());
    }

    private List<Map<String, Object>> newestOfEach() {
        var rows = new LinkedHashMap<Object, Map<String, Object>>();
        for (var interaction : interactions) {
            var row = Rows.interaction(interaction);
            rows.merge(row.get("key"), row, (one, other) -> recordedAt(other) > recordedAt(one) ? other : one);
        }
        return List.copyOf(rows.values());
    }

    /** Leaves out memories of which a later copy is there, and takes away earlier copies with all that hangs on them. */
    private void dropStale(TransactionContext tx) {
        if (memories.isEmpty()) {
            return;
        }
        var outdated = new TreeMap<String, List<Map<String, Object>>>();
        var stored = tx.run(Cypher.VERSIONS, Map.of("ids", List.copyOf(memories.keySet())));
        for (var row : stored.list()) {
            var id = row.get("id").asString();
            var ours = Handed.ofMemory(memories.get(id)).orElseThrow();
            var order = Instant.ofEpochMilli(row.get("recorded_at").asLong()).compareTo(ours.recordedAt());
            if (ours.user().equals(row.get("user").asString()) && order > 0) {
                memories.remove(id);
            } else if (ours.user().equals(row.get("user").asString()) && order < 0) {
                outdated.computeIfAbsent(ours.user(), user -> new ArrayList<>())
                        .add(Map.of(
                                "id", id, "recorded_at", row.get("recorded_at").asLong()));
            }
        }
        outdated.forEach((user, rows) -> Erasing.memories(tx, user, rows));
    }

    private static long recordedAt(Map<String, Object> row) {
        return (Long) ((Map<?, ?>) row.get("properties")).get("recorded_at");
    }

    private static SpecificRecord newer(SpecificRecord one, SpecificRecord other) {
        return recordedAt(other).compareTo(recordedAt(one)) > 0 ? other : one;
    }

    private static Instant recordedAt(SpecificRecord memory) {
        return Optional.of(memory).flatMap(Handed::ofMemory).orElseThrow().recordedAt();
    }
}
