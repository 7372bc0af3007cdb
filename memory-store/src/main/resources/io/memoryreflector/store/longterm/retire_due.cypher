// Users of whom anything has been kept for long enough.
UNWIND $rows AS row
WITH row,
  EXISTS { MATCH (i:Interaction) WHERE i.user_key = row.user AND i.raw_since < row.interactions } AS interactions,
  EXISTS { MATCH (s:Session) WHERE s.user_key = row.user AND s.recorded_at < row.sessions } AS sessions,
  EXISTS { MATCH (m:Memory) WHERE m.user_key = row.user AND m.recorded_at < row.memories } AS memories
WHERE interactions OR sessions OR memories
RETURN row.user AS user
