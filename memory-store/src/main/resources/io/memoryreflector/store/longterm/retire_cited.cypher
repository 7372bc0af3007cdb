MATCH (m:Memory) WHERE m.user_key = $user AND m.seq > 0
UNWIND m.source_interactions AS id
WITH DISTINCT id WHERE id IN $ids
RETURN id
