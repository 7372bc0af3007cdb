MATCH (u:User {user_key: $user})
WITH u.seq AS seq
OPTIONAL MATCH (m:Memory) WHERE m.user_key = $user AND m.seq > $since
RETURN seq, properties(m) AS memory
