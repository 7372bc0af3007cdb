MATCH (a:Amendment) WHERE a.user_key = $user
RETURN a.amendment_key AS id, a.memory_id AS memory, a.session_id AS session, a.source AS source,
  a.source_interactions AS interactions, a.recorded_at AS recorded_at
