UNWIND $ids AS id
MATCH (m:Memory {memory_id: id}) WHERE m.recorded_at IS NOT NULL
RETURN m.memory_id AS id, m.user_key AS user, m.recorded_at AS recorded_at
