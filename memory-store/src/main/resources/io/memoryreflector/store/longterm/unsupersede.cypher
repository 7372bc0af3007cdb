UNWIND $ids AS id
MATCH (m:Memory {memory_id: id})-[r:SUPERSEDES]->()
DELETE r
