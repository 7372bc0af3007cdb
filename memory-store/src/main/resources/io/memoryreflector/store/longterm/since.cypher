// Whoever has not seen the last deletion gets all there is.
MATCH (u:User {user_key: $user})
WITH u.seq AS seq, CASE WHEN $since < coalesce(u.deleted_seq, 0) THEN 0 ELSE $since END AS since
OPTIONAL MATCH (m:Memory) WHERE m.user_key = $user AND m.seq > since
RETURN seq, since = 0 AS whole, properties(m) AS memory
