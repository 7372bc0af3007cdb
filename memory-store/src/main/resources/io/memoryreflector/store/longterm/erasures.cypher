UNWIND $users AS user
MATCH (e:Erasure {user_key: user})
RETURN e.user_key AS user, e.scope AS scope, e.target AS target, e.erased_at AS erased_at
