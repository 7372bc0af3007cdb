// A memory that was forgotten, or kept for long enough, is not waited for.
UNWIND $ids AS id
OPTIONAL MATCH (m:Memory {memory_id: id})
WITH id, m WHERE m.tier IS NULL
OPTIONAL MATCH (e:Erasure {memory_id: id})
OPTIONAL MATCH (c:Cleaned {memory_id: id})
WITH id, e, c WHERE e IS NULL AND c IS NULL
RETURN collect(DISTINCT id) AS missing
