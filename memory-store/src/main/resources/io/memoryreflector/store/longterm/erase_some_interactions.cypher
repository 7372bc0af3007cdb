// What an earlier version has written without its time was there before any erasure.
MATCH (i:Interaction) WHERE i.user_key = $user AND i.occurred_at IS NOT NULL AND coalesce(i.recorded_at, 0) <= $until
WITH i LIMIT $limit
OPTIONAL MATCH (i)-[:HAS]->(m:Message)
WITH collect(DISTINCT i) AS interactions, collect(m) AS messages
WITH interactions, messages, size(interactions) AS deleted
FOREACH (gone IN messages | DETACH DELETE gone)
FOREACH (gone IN interactions | DETACH DELETE gone)
RETURN deleted
