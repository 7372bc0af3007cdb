MATCH (i:Interaction)
WHERE i.user_key = $user AND i.occurred_at IS NOT NULL AND i.session_id > $after
RETURN i.session_id AS session, count(i) AS interactions, min(i.occurred_at) AS first, max(i.occurred_at) AS last
ORDER BY session LIMIT $limit
