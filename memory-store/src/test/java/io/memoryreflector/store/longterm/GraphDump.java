package io.memoryreflector.store.longterm;

import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.Stores;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** All that the graph holds of a user but for erasures, without ids and counters, so that two users can be compared. */
final class GraphDump {

    private static final List<String> STATEMENTS = List.of(
            """
            MATCH (m:Memory {user_key: $user})
            OPTIONAL MATCH (m)-[:SUPERSEDES]->(o)
            WITH m, CASE WHEN o IS NULL THEN '-' ELSE coalesce(o.text, 'bare') END AS name ORDER BY name
            WITH m, collect(name) AS superseded
            RETURN 'memory ' + coalesce(m.text, 'bare') + ' ' + coalesce(m.tier, '-') + ' ' + coalesce(m.session_id, '-')
              + ' ' + coalesce(m.source, '-') + ' ' + coalesce(toString(m.recorded_at), '-') + ' to '
              + coalesce(toString(m.valid_to), '-') + ' held ' + coalesce(m.quarantine, '-') + ' was '
              + coalesce(m.original_text, '-') + ' ' + coalesce(m.original_quarantine, '-') + ' '
              + coalesce(m.embedding_model, '-') + ' ' + toString(m.slot IS NULL) + ' ' + reduce(all = '', one IN superseded | all + ',' + one)
              + ' ' + reduce(all = '', label IN labels(m) | all + label) AS line""", """
            MATCH (i:Interaction {user_key: $user})
            OPTIONAL MATCH (i)-[:HAS]->(m:Message)
            WITH i, m ORDER BY m.content
            WITH i, collect(m.content) AS said
            RETURN 'interaction ' + i.interaction_id + ' ' + toString(i.recorded_at) + ' '
              + reduce(all = '', one IN said | all + ',' + one) AS line""", "MATCH (m:Message {user_key: $user}) RETURN 'message ' + m.content AS line", """
            MATCH (a:Amendment {user_key: $user})
            RETURN 'amendment ' + coalesce(a.text, '-') + ' ' + coalesce(toString(a.released), '-') AS line""", """
            MATCH (s:Session {user_key: $user})
            RETURN 'session ' + s.session_id + ' ' + toString(s.revision) + ' ' + s.text AS line""", """
            MATCH (e:Entity {user_key: $user})
            OPTIONAL MATCH (e)<-[r]-(m:Memory)
            WITH e, m, r ORDER BY m.text
            WITH e, collect(type(r) + ' ' + m.text) AS used
            RETURN 'entity ' + e.name + reduce(all = '', one IN used | all + ',' + one) AS line""");

    private GraphDump() {}

    static String of(UserKey user) {
        var lines = new TreeSet<String>();
        try (var session = Stores.neo4j().session()) {
            for (var statement : STATEMENTS) {
                session.run(statement, Map.of("user", user.toString()))
                        .list(row -> row.get("line").asString())
                        .forEach(lines::add);
            }
        }
        return String.join("\n", lines);
    }
}
