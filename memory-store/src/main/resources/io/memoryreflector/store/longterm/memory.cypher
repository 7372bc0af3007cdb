MATCH (m:Memory {memory_id: $id})
RETURN properties(m) AS memory
