UNWIND $rows AS row
MATCH (u:User {user_key: row.user_key})
MERGE (m:Memory {memory_id: row.memory_id})
  ON CREATE SET m.user_key = row.user_key
// An id that another user's memory has changes nothing of it.
WITH u, m, row WHERE m.user_key = row.user_key
SET m:Episode, m += row.properties, m.seq = u.seq
WITH m, row
UNWIND row.entities AS entity
MERGE (e:Entity {entity_key: entity.key})
  ON CREATE SET e.user_key = row.user_key, e.name = entity.name
  ON MATCH SET e.name = CASE WHEN e.name <= entity.name THEN e.name ELSE entity.name END
MERGE (m)-[r:MENTIONS]->(e)
SET r.name = CASE WHEN r.name <= entity.name THEN r.name ELSE entity.name END
