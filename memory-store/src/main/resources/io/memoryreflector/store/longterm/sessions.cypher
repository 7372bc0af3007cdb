// The latest revision stays, whichever came last. One without words is all that is left of a session: it yields to what is
// later by its revision or its time, since a session that goes on after that counts its revisions anew. So does one that
// was silent for a month.
UNWIND $rows AS row
MERGE (s:Session {session_key: row.session_key})
WITH s, row, row.recorded_at - s.recorded_at AS later, row.revision - s.revision AS raised
WHERE s.revision IS NULL OR later > 2592000000 OR (later >= -2592000000 AND CASE
  WHEN s.user_key IS NULL AND row.user_key IS NULL THEN later > 0
  WHEN s.user_key IS NULL THEN later > 0 OR raised > 0
  WHEN row.user_key IS NULL THEN later >= 0 AND raised >= 0
  ELSE raised > 0 OR (raised = 0 AND later > 0)
END)
SET s = row
