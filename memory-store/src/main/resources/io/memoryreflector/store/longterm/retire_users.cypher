MATCH (u:User) WHERE u.user_key > $after AND u.user_key < $until
RETURN u.user_key AS user ORDER BY u.user_key LIMIT $limit
