UNWIND $ids AS id
MATCH (m:Memory {memory_id: id}) WHERE m.tier IS NOT NULL
DETACH DELETE m
