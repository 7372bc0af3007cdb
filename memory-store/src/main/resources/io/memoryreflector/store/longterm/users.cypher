// Takes the lock of each user's node, also where its number is not raised.
UNWIND $users AS user
MERGE (u:User {user_key: user.key})
SET u.seq = coalesce(u.seq, 0) + user.raise
