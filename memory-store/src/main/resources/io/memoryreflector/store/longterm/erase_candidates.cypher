// Facts of one slot together, so that few batches have to work out when others of it end.
MATCH (m:Memory) WHERE m.user_key = $user AND m.seq > 0
RETURN m.memory_id AS id, m.memory_id AS memory, m.session_id AS session, m.source AS source,
  m.source_interactions AS interactions, m.recorded_at AS recorded_at
ORDER BY m.slot
