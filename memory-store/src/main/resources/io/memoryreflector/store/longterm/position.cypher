MATCH (u:User {user_key: $user})
RETURN u.seq AS seq
