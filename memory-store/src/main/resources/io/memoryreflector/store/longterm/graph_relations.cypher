MATCH (f:Fact) WHERE f.user_key = $user AND f.seq > 0 AND f.quarantine IS NULL AND f.subject IS NOT NULL
  AND f.valid_from <= $as_of AND (f.valid_to IS NULL OR f.valid_to > $as_of)
RETURN f.memory_id AS id, f.subject AS subject, f.predicate AS predicate, f.object AS object, f.text AS statement,
  f.valid_from AS valid_from, f.valid_to AS valid_to
ORDER BY f.valid_from DESC, f.memory_id LIMIT $limit
