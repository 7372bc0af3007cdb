UNWIND $rows AS row
MATCH (a:Amendment {amendment_key: row.id}) WHERE a.user_key = $user AND a.recorded_at = row.recorded_at
WITH a, a.memory_id AS memory
DELETE a
RETURN DISTINCT memory
