// A memory ends with the first of what it states, what fills its slot next and what supersedes it.
CALL {
  UNWIND $ids AS id
  MATCH (m:Memory {memory_id: id})
  RETURN m
  UNION
  UNWIND $slots AS slot
  MATCH (m:Fact {slot: slot})
  RETURN m
}
WITH m WHERE m.tier IS NOT NULL
OPTIONAL MATCH (m)<-[:SUPERSEDES]-(n:Memory)
WITH m, min(CASE WHEN n.valid_from < m.valid_from THEN m.valid_from ELSE n.valid_from END) AS superseded
WITH m, reduce(first = null, end IN [m.stated_valid_to, m.slot_end, superseded] |
  CASE WHEN end IS NULL THEN first WHEN first IS NULL OR end < first THEN end ELSE first END) AS valid_to
WHERE coalesce(m.valid_to, -1) <> coalesce(valid_to, -1)
MATCH (u:User {user_key: m.user_key})
SET m.valid_to = valid_to, m.seq = u.seq
