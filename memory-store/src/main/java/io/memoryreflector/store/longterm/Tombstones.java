package io.memoryreflector.store.longterm;

import io.memoryreflector.events.ErasureScope;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.erasure.Erasures;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.neo4j.driver.TransactionContext;

/** What the graph keeps of erasures. */
final class Tombstones {

    private Tombstones() {}

    /** All erasures of these users. */
    static Erasures read(TransactionContext tx, Collection<String> users) {
        var erasures = new Erasures();
        for (var row :
                tx.run(Cypher.ERASURES, Map.of("users", List.copyOf(users))).list()) {
            erasures.add(
                    UserKey.parse(row.get("user").asString()),
                    ErasureScope.valueOf(row.get("scope").asString()),
                    row.get("target").asString(null),
                    Instant.ofEpochMilli(row.get("erased_at").asLong()));
        }
        return erasures;
    }
}
