MATCH (s:Session)
WHERE s.user_key = $user AND s.recorded_at >= 0 AND s.session_id > $after
RETURN properties(s) AS session
ORDER BY s.session_id LIMIT $limit
