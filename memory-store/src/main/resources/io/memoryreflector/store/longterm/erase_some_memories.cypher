// All of a user go, so their entities go too, whoever else of them mentions these.
MATCH (m:Memory) WHERE m.user_key = $user AND m.seq > 0
WITH m LIMIT $limit
OPTIONAL MATCH (m)-[:SUPERSEDES]->(bare:Memory) WHERE bare.tier IS NULL
OPTIONAL MATCH (m)-[:MENTIONS|ABOUT]->(e:Entity)
WITH collect(DISTINCT m) AS memories, collect(DISTINCT bare) AS bares, collect(DISTINCT e) AS entities
WITH memories, bares, entities, size(memories) AS deleted
FOREACH (gone IN memories | DETACH DELETE gone)
FOREACH (gone IN bares | DETACH DELETE gone)
FOREACH (gone IN entities | DETACH DELETE gone)
RETURN deleted
