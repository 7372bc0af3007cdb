UNWIND $rows AS row
MATCH (u:User {user_key: row.user_key})
MERGE (m:Memory {memory_id: row.memory_id})
  ON CREATE SET m.user_key = row.user_key
// An id that another user's memory has changes nothing of it.
WITH u, m, row WHERE m.user_key = row.user_key
SET m:Procedure, m += row.properties, m.seq = u.seq
