// A memory that is named before it arrives is a node without a tier until then.
UNWIND $rows AS row
MATCH (n:Memory {memory_id: row.memory_id}) WHERE n.user_key = row.user_key
UNWIND row.supersedes AS id
MERGE (o:Memory {memory_id: id})
  ON CREATE SET o.user_key = row.user_key
WITH n, o WHERE o.user_key = n.user_key AND o <> n
MERGE (n)-[:SUPERSEDES]->(o)
