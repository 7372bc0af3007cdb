// Takes the lock of each user's node, also where its number is not raised.
// In a rebuilt graph numbers begin above those of the one before: whoever has read that one reads all anew.
UNWIND $users AS user
MERGE (u:User {user_key: user.key})
  ON CREATE SET u.seq = $first_seq, u.deleted_seq = $first_seq
SET u.seq = u.seq + user.raise
