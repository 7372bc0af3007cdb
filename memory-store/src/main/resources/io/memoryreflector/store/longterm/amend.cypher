// Makes memories what their latest changes say, from what they were made as, which is kept beside it.
UNWIND $ids AS id
MATCH (m:Memory {memory_id: id}) WHERE m.tier IS NOT NULL
OPTIONAL MATCH (a:Amendment {memory_id: id})
WITH m, a ORDER BY a.amended_at, a.amendment_id
// Not in the match: a user may have more changes than a memory has.
WITH m, [a IN collect(a) WHERE a.user_key = m.user_key] AS changes
WHERE size(changes) > 0 OR m.amended_at IS NOT NULL
MATCH (u:User {user_key: m.user_key})
WITH u, m, changes[-1].amended_at AS amended_at,
  [a IN changes WHERE a.text IS NOT NULL][-1] AS worded,
  [a IN changes WHERE a.released IS NOT NULL][-1] AS judged,
  CASE WHEN m.amended_at IS NULL THEN m {.text, .embedding, .embedding_model, .quarantine}
    ELSE {text: m.original_text, embedding: m.original_embedding, embedding_model: m.original_embedding_model,
      quarantine: m.original_quarantine} END AS original,
  coalesce(m.stated_slot, m.slot) AS slot
WITH u, m, amended_at, worded, original, slot,
  CASE judged.released
    WHEN true THEN null
    WHEN false THEN coalesce(original.quarantine, judged.reason, 'held back by hand')
    ELSE original.quarantine END AS quarantine
SET m.seq = u.seq, m.amended_at = amended_at,
  m.text = coalesce(worded.text, original.text),
  m.embedding = CASE WHEN worded IS NULL THEN original.embedding ELSE worded.embedding END,
  m.embedding_model = CASE WHEN worded IS NULL THEN original.embedding_model ELSE worded.embedding_model END,
  m.quarantine = quarantine,
  m.stated_slot = slot,
  m.slot = CASE WHEN quarantine IS NULL THEN slot END,
  m.slot_end = CASE WHEN quarantine IS NULL THEN m.slot_end END,
  m.original_text = CASE WHEN amended_at IS NOT NULL THEN original.text END,
  m.original_embedding = CASE WHEN amended_at IS NOT NULL THEN original.embedding END,
  m.original_embedding_model = CASE WHEN amended_at IS NOT NULL THEN original.embedding_model END,
  m.original_quarantine = CASE WHEN amended_at IS NOT NULL THEN original.quarantine END
RETURN m.memory_id AS memory_id, m.user_key AS user_key, quarantine IS NOT NULL AS held, slot,
  coalesce(m.supersedes, []) AS supersedes
