UNWIND $rows AS row
MATCH (u:User {user_key: row.user_key})
MERGE (m:Memory {memory_id: row.memory_id})
SET m:Fact, m += row.properties, m.seq = u.seq
WITH m, row
UNWIND row.entities AS entity
MERGE (e:Entity {entity_key: entity.key})
  ON CREATE SET e.user_key = row.user_key, e.name = entity.name
MERGE (m)-[:ABOUT]->(e)
