MATCH (a:Amendment) WHERE a.user_key = $user AND a.amendment_id > $after
RETURN properties(a) AS change ORDER BY a.amendment_id LIMIT $limit
