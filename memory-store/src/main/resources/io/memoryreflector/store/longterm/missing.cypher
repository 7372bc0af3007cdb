UNWIND $ids AS id
OPTIONAL MATCH (m:Memory {memory_id: id})
WITH id, m WHERE m.tier IS NULL
RETURN collect(id) AS missing
