MATCH (m:Memory)
WHERE m.user_key STARTS WITH $prefix AND m.seq > 0
  AND ($session IS NULL OR m.session_id = $session)
  AND ($from IS NULL OR m.occurred_at >= $from)
  AND ($to IS NULL OR m.occurred_at <= $to)
RETURN properties(m) AS memory
ORDER BY m.occurred_at DESC, m.memory_id
LIMIT $limit
