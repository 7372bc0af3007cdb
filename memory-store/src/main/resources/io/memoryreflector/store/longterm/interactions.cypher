UNWIND $rows AS row
MERGE (i:Interaction {interaction_key: row.key})
  ON CREATE SET i += row.properties
WITH i, row
UNWIND row.messages AS message
MERGE (m:Message {message_key: message.key})
  ON CREATE SET m += message.properties
MERGE (i)-[:HAS]->(m)
