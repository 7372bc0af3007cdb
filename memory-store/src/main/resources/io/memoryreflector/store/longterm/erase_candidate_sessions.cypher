MATCH (s:Session) WHERE s.user_key = $user AND s.recorded_at >= 0
RETURN s.session_key AS id, s.memory_id AS memory, s.session_id AS session, '' AS source,
  s.source_interactions AS interactions, s.recorded_at AS recorded_at
