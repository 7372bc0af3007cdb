// Changes of a memory, which hold its words, go with it.
UNWIND $ids AS id
MERGE (:Cleaned {memory_id: id})
WITH id
MATCH (a:Amendment {memory_id: id}) WHERE a.user_key = $user
DELETE a
