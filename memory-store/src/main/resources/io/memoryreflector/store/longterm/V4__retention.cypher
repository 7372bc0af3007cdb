// An interaction has raw_since as long as it holds what was said.
CREATE INDEX interaction_raw IF NOT EXISTS FOR (i:Interaction) ON (i.user_key, i.raw_since);
CREATE INDEX memory_recorded IF NOT EXISTS FOR (m:Memory) ON (m.user_key, m.recorded_at);
CREATE CONSTRAINT session_key IF NOT EXISTS FOR (s:Session) REQUIRE s.session_key IS UNIQUE;
CREATE INDEX session_user IF NOT EXISTS FOR (s:Session) ON (s.user_key, s.recorded_at);
// The id of a memory that was kept for long enough, so that nobody waits for it.
CREATE CONSTRAINT cleaned_memory IF NOT EXISTS FOR (c:Cleaned) REQUIRE c.memory_id IS UNIQUE;
MATCH (i:Interaction) WHERE i.raw_since IS NULL AND i.cleaned_at IS NULL
CALL (i) { SET i.raw_since = coalesce(i.recorded_at, i.occurred_at) } IN TRANSACTIONS OF 5000 ROWS
