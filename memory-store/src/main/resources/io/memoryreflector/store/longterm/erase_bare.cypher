UNWIND $ids AS id
MATCH (o:Memory {memory_id: id}) WHERE o.tier IS NULL AND NOT EXISTS { (o)<-[:SUPERSEDES]-() }
DELETE o
