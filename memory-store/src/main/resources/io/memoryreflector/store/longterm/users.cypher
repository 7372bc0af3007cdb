UNWIND $users AS key
MERGE (u:User {user_key: key})
SET u.seq = coalesce(u.seq, 0) + 1
