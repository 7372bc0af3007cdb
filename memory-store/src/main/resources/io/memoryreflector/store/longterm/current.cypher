// What a recall could tell now: neither held back nor over.
MATCH (m:Memory)
WHERE m.user_key = $user AND m.seq > 0 AND m.quarantine IS NULL
  AND ($session IS NULL OR m.session_id = $session)
  AND (m.valid_to IS NULL OR m.valid_to > $now)
WITH m ORDER BY m.occurred_at DESC, m.memory_id
WITH collect(m) AS found
RETURN size(found) AS total, [m IN found[$from..$to] | properties(m)] AS memories
