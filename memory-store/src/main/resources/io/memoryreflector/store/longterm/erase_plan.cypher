// What hangs on memories that are to go, unless one was written anew since they were looked at.
UNWIND $rows AS row
MATCH (m:Memory {memory_id: row.id}) WHERE m.user_key = $user AND m.recorded_at = row.recorded_at
OPTIONAL MATCH (m)-[:SUPERSEDES]->(o:Memory)
OPTIONAL MATCH (m)-[:MENTIONS|ABOUT]->(e:Entity)
RETURN collect(DISTINCT m.memory_id) AS ids, collect(DISTINCT m.slot) AS slots,
  collect(DISTINCT o.memory_id) AS superseded, collect(DISTINCT e.entity_key) AS entities
