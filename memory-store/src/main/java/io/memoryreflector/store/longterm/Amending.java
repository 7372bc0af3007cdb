package io.memoryreflector.store.longterm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.neo4j.driver.TransactionContext;
import org.neo4j.driver.Value;

/**
 * Makes memories what their latest changes say, inside a writer's transaction and under the user's lock. It begins each
 * time with the memory as it was made and all of its changes, so the order in which they came does not matter.
 */
final class Amending {

    private Amending() {}

    /**
     * Works out anew what these memories are; those without a change, and ids that are not there yet, are left alone.
     *
     * @param slots is given those that facts have taken or left
     * @param ending is given the memories whose end has to be worked out anew
     */
    static void apply(
            TransactionContext tx, Collection<String> memoryIds, Collection<String> slots, Collection<String> ending) {
        if (memoryIds.isEmpty()) {
            return;
        }
        var ends = new ArrayList<Map<String, Object>>();
        var held = new ArrayList<String>();
        var ended = new TreeSet<String>();
        for (var row :
                tx.run(Cypher.AMEND, Map.of("ids", List.copyOf(memoryIds))).list()) {
            var id = row.get("memory_id").asString();
            var supersedes = row.get("supersedes").asList(Value::asString);
            if (row.get("held").asBoolean()) {
                held.add(id);
                ended.addAll(supersedes);
            } else {
                ends.add(Rows.supersession(row.get("user_key").asString(), id, supersedes));
            }
            ending.add(id);
            ending.addAll(supersedes);
            if (!row.get("slot").isNull()) {
                slots.add(row.get("slot").asString());
            }
        }
        Statements.run(tx, Cypher.SUPERSEDE, "rows", ends);
        Statements.run(tx, Cypher.UNSUPERSEDE, "ids", held);
        if (!held.isEmpty()) {
            Statements.run(tx, Cypher.ERASE_BARE, "ids", ended);
        }
    }

    /** Deletes changes, and makes the memories that stay what they are without them. */
    static void forget(TransactionContext tx, String user, List<Map<String, Object>> rows) {
        var memoryIds = tx.run(Cypher.ERASE_AMENDMENTS, Map.of("user", user, "rows", rows))
                .list(row -> row.get("memory").asString());
        var slots = new TreeSet<String>();
        var ending = new TreeSet<String>();
        apply(tx, memoryIds, slots, ending);
        Statements.end(tx, slots, ending);
    }
}
