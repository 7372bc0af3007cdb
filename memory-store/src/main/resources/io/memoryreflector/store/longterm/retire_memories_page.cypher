MATCH (m:Memory) WHERE m.user_key = $user AND m.recorded_at < $before
RETURN m.memory_id AS id, m.recorded_at AS recorded_at
LIMIT $limit
