MATCH (i:Interaction)
WHERE i.user_key STARTS WITH $prefix AND i.occurred_at IS NOT NULL
  AND ($session IS NULL OR i.session_id = $session)
  AND ($from IS NULL OR i.occurred_at >= $from)
  AND ($to IS NULL OR i.occurred_at <= $to)
WITH i ORDER BY i.occurred_at DESC, i.interaction_id LIMIT $limit
OPTIONAL MATCH (i)-[:HAS]->(m:Message)
WITH i, m ORDER BY m.sent_at, m.message_id
WITH i, [message IN collect(m) | properties(message)] AS messages
RETURN properties(i) AS interaction, messages
ORDER BY i.occurred_at DESC, i.interaction_id
