MATCH (u:User {user_key: $user})
SET u.deleted_seq = u.seq
