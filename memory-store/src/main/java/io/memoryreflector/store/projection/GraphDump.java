package io.memoryreflector.store.projection;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Record;
import org.neo4j.driver.TransactionConfig;

/**
 * All that the graph holds in a canonical form: one JSON object a line, kinds in a fixed order, within one by their keys,
 * fields by their names, relationships with where they lead. Counters and the time of a cleanup are left out, which are the
 * projection's own and say nothing of the log. So two graphs of the same events have the same bytes. Read in pages: a graph
 * that is written meanwhile may be seen half before and half after. Thread-safe.
 */
public final class GraphDump implements Dump {

    private static final int PAGE = 500;

    /** Each kind of node with what orders it. */
    private static final List<Kind> KINDS = List.of(
            new Kind("User", "user_key"),
            new Kind("Interaction", "interaction_key"),
            new Kind("Message", "message_key"),
            new Kind("Memory", "memory_id"),
            new Kind("Entity", "entity_key"),
            new Kind("Amendment", "amendment_key"),
            new Kind("Session", "session_key"),
            new Kind("Erasure", "erasure_key"),
            new Kind("Cleaned", "memory_id"));

    private static final Set<String> OF_THE_PROJECTION = Set.of("seq", "deleted_seq");
    private static final String CLEANED_AT = "cleaned_at";

    private final Driver driver;
    private final TransactionConfig timeout;

    /**
     * @param driver stays the caller's to close
     * @param timeout of one page
     */
    public GraphDump(Driver driver, Duration timeout) {
        this.driver = driver;
        this.timeout = TransactionConfig.builder().withTimeout(timeout).build();
    }

    @Override
    public void write(Consumer<String> lines) {
        for (var kind : KINDS) {
            var after = "";
            var page = page(kind, after);
            while (!page.isEmpty()) {
                page.forEach(row -> lines.accept(line(kind, row)));
                after = page.get(page.size() - 1).get("key").asString();
                page = page(kind, after);
            }
        }
    }

    private record Kind(String label, String key) {

        private String statement() {
            return """
                    MATCH (n:%1$s) WHERE n.%2$s > $after
                    WITH n ORDER BY n.%2$s LIMIT $limit
                    OPTIONAL MATCH (n)-[r]->(o)
                    WITH n, type(r) AS type, properties(r) AS properties,
                      coalesce(o.memory_id, o.message_key, o.entity_key) AS to ORDER BY type, to
                    WITH n, collect(CASE WHEN to IS NOT NULL THEN {type: type, to: to, properties: properties} END) AS leads
                    RETURN n.%2$s AS key, labels(n) AS labels, properties(n) AS properties, leads
                    ORDER BY key""".formatted(label, key);
        }
    }

    private List<Record> page(Kind kind, String after) {
        try (var session = driver.session()) {
            return session.executeRead(
                    tx -> tx.run(kind.statement(), Map.of("after", after, "limit", PAGE))
                            .list(),
                    timeout);
        }
    }

    private static String line(Kind kind, Record row) {
        var properties = new TreeMap<>(row.get("properties").asMap());
        properties.keySet().removeAll(OF_THE_PROJECTION);
        properties.replace(CLEANED_AT, true);
        return CanonicalJson.of(Map.of(
                "kind",
                kind.label(),
                "labels",
                row.get("labels").asList(label -> Generation.plain(label.asString())).stream()
                        .sorted()
                        .toList(),
                "properties",
                properties,
                "leads",
                row.get("leads").asList()));
    }
}
