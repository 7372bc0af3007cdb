MATCH (m:Memory) WHERE m.user_key = $user AND m.seq > 0 AND m.quarantine IS NULL AND m.occurred_at <= $as_of
MATCH (m)-[:MENTIONS|ABOUT]->(e:Entity)
WITH e, count(DISTINCT m) AS memories, max(m.occurred_at) AS last
RETURN e.name AS name, memories, last
ORDER BY memories DESC, name LIMIT $limit
