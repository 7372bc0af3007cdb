MATCH (i:Interaction)
WHERE i.user_key = $user
  AND (i.occurred_at > $occurred_at OR i.occurred_at = $occurred_at AND i.interaction_id > $id)
WITH i ORDER BY i.occurred_at, i.interaction_id LIMIT $limit
OPTIONAL MATCH (i)-[:HAS]->(m:Message)
WITH i, m ORDER BY m.sent_at, m.message_id
WITH i, [message IN collect(m) | properties(message)] AS messages
RETURN properties(i) AS interaction, messages
ORDER BY i.occurred_at, i.interaction_id
