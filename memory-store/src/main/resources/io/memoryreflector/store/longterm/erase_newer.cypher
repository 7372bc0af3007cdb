// Whether a memory of a user is younger than what everything of whom is to go.
OPTIONAL MATCH (m:Memory) WHERE m.user_key = $user AND m.recorded_at > $until AND m.seq > 0
RETURN count(m) > 0 AS newer
