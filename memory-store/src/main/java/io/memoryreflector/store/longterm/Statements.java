package io.memoryreflector.store.longterm;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.neo4j.driver.TransactionContext;

/** Runs statements that several writers share, inside a transaction of theirs. */
final class Statements {

    private Statements() {}

    /** Runs a statement for these values; does nothing without any. */
    static void run(TransactionContext tx, String statement, String name, Collection<?> values) {
        if (!values.isEmpty()) {
            tx.run(statement, Map.of(name, List.copyOf(values))).consume();
        }
    }

    /** Works out anew when the facts of these slots and these memories end. */
    static void end(TransactionContext tx, Collection<String> slots, Collection<String> memoryIds) {
        run(tx, Cypher.CLOSE_FACTS, "slots", slots);
        if (!memoryIds.isEmpty() || !slots.isEmpty()) {
            tx.run(Cypher.END, Map.of("ids", List.copyOf(memoryIds), "slots", List.copyOf(slots)))
                    .consume();
        }
    }
}
