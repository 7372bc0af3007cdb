// A fact of a slot that holds one current value ends when the next one by event time begins, whoever arrived first.
UNWIND $slots AS slot
MATCH (f:Fact {slot: slot})
WITH slot, f ORDER BY f.valid_from, f.memory_id
WITH slot, collect(f) AS facts
UNWIND range(0, size(facts) - 1) AS i
WITH facts[i] AS f, CASE WHEN i + 1 < size(facts) THEN facts[i + 1].valid_from END AS slot_end
WHERE coalesce(f.slot_end, -1) <> coalesce(slot_end, -1)
SET f.slot_end = slot_end
