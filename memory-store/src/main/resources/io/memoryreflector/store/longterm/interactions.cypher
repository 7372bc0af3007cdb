// Of copies of one interaction the one that was recorded last stays, since an erasure may take the others.
UNWIND $rows AS row
MERGE (i:Interaction {interaction_key: row.key})
WITH i, row WHERE i.recorded_at IS NULL OR i.recorded_at < row.properties.recorded_at
SET i += row.properties
WITH i, row, [message IN row.messages | message.key] AS keys
OPTIONAL MATCH (i)-[:HAS]->(old:Message) WHERE NOT old.message_key IN keys
WITH i, row, collect(old) AS former
FOREACH (old IN former | DETACH DELETE old)
WITH i, row
UNWIND row.messages AS message
MERGE (m:Message {message_key: message.key})
SET m += message.properties
MERGE (i)-[:HAS]->(m)
