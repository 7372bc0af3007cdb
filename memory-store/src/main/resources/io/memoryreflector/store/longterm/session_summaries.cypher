MATCH (s:Session)
WHERE s.user_key STARTS WITH $prefix AND s.recorded_at >= 0
  AND ($session IS NULL OR s.session_id = $session)
  AND ($from IS NULL OR s.ended_at >= $from)
  AND ($to IS NULL OR s.started_at <= $to)
RETURN properties(s) AS session
ORDER BY s.ended_at DESC, s.session_key LIMIT $limit
