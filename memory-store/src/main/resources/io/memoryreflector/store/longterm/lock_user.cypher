// Takes the lock of the user's node and leaves it as it was. Removing alone locks nothing while the key is unknown.
MATCH (u:User {user_key: $user})
SET u.lock = true
REMOVE u.lock
