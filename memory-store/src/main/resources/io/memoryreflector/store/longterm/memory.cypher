MATCH (m:Memory {memory_id: $id}) WHERE m.tier IS NOT NULL
RETURN properties(m) AS memory
