// A memory that one that stays has superseded is a bare id again, as before it arrived.
UNWIND $ids AS id
MATCH (m:Memory {memory_id: id})<-[:SUPERSEDES]-(n:Memory) WHERE NOT n.memory_id IN $ids
WITH DISTINCT m
OPTIONAL MATCH (m)-[r]->()
DELETE r
WITH DISTINCT m
SET m = {memory_id: m.memory_id, user_key: m.user_key}
REMOVE m:Episode:Fact:Procedure
