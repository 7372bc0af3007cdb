// The revision stays under a key that tells nobody whose it was, so that no earlier one is written again.
UNWIND $rows AS row
MATCH (s:Session {session_key: row.id}) WHERE s.user_key = $user AND s.recorded_at = row.recorded_at
SET s = {session_key: s.session_key, revision: s.revision, recorded_at: s.recorded_at}
