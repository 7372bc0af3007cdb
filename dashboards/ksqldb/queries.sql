-- To ask by hand, one at a time; sources.sql and questions.sql come first. What ends in EMIT CHANGES goes on until Ctrl-C.

-- What happens in a minute, as it comes.
SELECT tier, state, reflections, average_ms FROM reflections_per_minute EMIT CHANGES;

-- Who waits longest, as it stands.
SELECT tier, slowest FROM slowest_users;

-- What is pending, as it stands.
SELECT tier, state, pending FROM pending_by_tier;

-- What is parked, as it stands.
SELECT tier, reason, error_class, letters FROM dead_letters_by_reason;

-- What waits for its next attempt, as it comes.
SELECT tier, user_key, attempt, not_before, last_error->kind AS kind, last_error->error_class AS error_class
  FROM retries
  EMIT CHANGES;

-- How an interaction stands, by its id.
SELECT record_key, state, updated_at, tiers FROM reflections WHERE record_key = 'an-interaction-id';
