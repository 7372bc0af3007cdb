// Which of these memories were changed.
UNWIND $ids AS id
MATCH (a:Amendment {memory_id: id})
RETURN DISTINCT id
