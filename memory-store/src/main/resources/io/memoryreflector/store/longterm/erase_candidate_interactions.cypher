MATCH (i:Interaction) WHERE i.user_key = $user AND i.occurred_at IS NOT NULL
RETURN i.interaction_key AS id, null AS memory, i.session_id AS session, i.source AS source,
  [i.interaction_id] AS interactions, i.recorded_at AS recorded_at
