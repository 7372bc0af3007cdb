MATCH (m:Memory)
WHERE m.user_key = $user AND m.seq > 0
  AND ($tier IS NULL OR m.tier = $tier)
  AND ($session IS NULL OR m.session_id = $session)
  AND ($from IS NULL OR m.occurred_at >= $from)
  AND ($to IS NULL OR m.occurred_at <= $to)
  AND ($as_of IS NULL OR (coalesce(m.valid_from, m.occurred_at) <= $as_of AND m.occurred_at <= $as_of
    AND (m.valid_to IS NULL OR m.valid_to > $as_of)))
  AND ($q IS NULL OR toLower(m.text) CONTAINS toLower($q))
  AND ($before IS NULL OR m.occurred_at < $before OR (m.occurred_at = $before AND m.memory_id > $after_id))
RETURN properties(m) AS memory
ORDER BY m.occurred_at DESC, m.memory_id
LIMIT $limit
