// Whether anything of a user is younger than what everything of whom is to go.
OPTIONAL MATCH (m:Memory) WHERE m.user_key = $user AND m.seq > 0 AND m.recorded_at > $until
WITH count(m) AS memories
OPTIONAL MATCH (i:Interaction) WHERE i.user_key = $user AND i.occurred_at IS NOT NULL AND i.recorded_at > $until
WITH memories, count(i) AS interactions
RETURN memories + interactions > 0 AS newer
