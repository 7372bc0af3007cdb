// What has filled the slot of a fact, and what supersedes or is superseded in a chain with it.
MATCH (m:Fact {memory_id: $id})
CALL {
  WITH m
  MATCH (f:Fact {slot: m.slot})
  RETURN f
  UNION
  WITH m
  MATCH (m)-[:SUPERSEDES*0..20]-(f:Fact)
  RETURN f
}
WITH DISTINCT m, f
WHERE f.user_key = m.user_key AND f.tier IS NOT NULL AND f.quarantine IS NULL
RETURN properties(f) AS fact
ORDER BY f.valid_from, f.memory_id
LIMIT $limit
