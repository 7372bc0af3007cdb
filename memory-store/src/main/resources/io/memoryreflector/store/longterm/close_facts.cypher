// A fact of a slot that holds one current value ends when the next one by event time begins, whoever arrived first.
UNWIND $slots AS slot
MATCH (f:Fact {slot: slot})
WITH slot, f ORDER BY f.valid_from, f.memory_id
WITH slot, collect(f) AS facts
UNWIND range(0, size(facts) - 1) AS i
WITH facts[i] AS f, CASE WHEN i + 1 < size(facts) THEN facts[i + 1] END AS next
MATCH (u:User {user_key: f.user_key})
WITH u, f, CASE
  WHEN next IS NULL THEN f.stated_valid_to
  WHEN f.stated_valid_to IS NULL OR next.valid_from < f.stated_valid_to THEN next.valid_from
  ELSE f.stated_valid_to
END AS valid_to, next
WHERE coalesce(f.valid_to, -1) <> coalesce(valid_to, -1)
SET f.valid_to = valid_to, f.seq = u.seq
