UNWIND $rows AS row
MATCH (u:User {user_key: row.user_key})
MERGE (m:Memory {memory_id: row.memory_id})
SET m:Procedure, m += row.properties, m.seq = u.seq
