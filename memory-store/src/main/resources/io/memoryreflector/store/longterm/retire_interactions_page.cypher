MATCH (i:Interaction)
WHERE i.user_key = $user AND i.raw_since >= $since AND i.raw_since < $before
  AND (i.raw_since > $since OR i.interaction_key > $key)
RETURN i.interaction_key AS key, i.interaction_id AS id, i.raw_since AS raw_since
ORDER BY i.raw_since, i.interaction_key LIMIT $limit
