MATCH (s:Session) WHERE s.user_key = $user AND s.recorded_at < $before
WITH s LIMIT $limit
SET s = {session_key: s.session_key, revision: s.revision, recorded_at: s.recorded_at}
RETURN count(s) AS cleaned
