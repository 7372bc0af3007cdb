-- The questions that operators ask, as tables that keep the answers up to date; sources.sql comes first. Ask one:
--   SELECT * FROM reflections_per_minute EMIT CHANGES;
--   SELECT * FROM dead_letters_by_reason;
SET 'auto.offset.reset' = 'earliest';

-- How many interactions come in, by entrance?
CREATE TABLE IF NOT EXISTS interactions_per_minute AS
  SELECT source, COUNT(*) AS interactions
  FROM interactions WINDOW TUMBLING (SIZE 1 MINUTE)
  GROUP BY source;

-- How many reflections come to their end in a minute, by tier, and how long do the calls take?
CREATE TABLE IF NOT EXISTS reflections_per_minute WITH (KEY_FORMAT = 'JSON') AS
  SELECT tier->tier AS tier, tier->state AS state, COUNT(*) AS reflections, AVG(tier->took_ms) AS average_ms
  FROM outcomes WINDOW TUMBLING (SIZE 1 MINUTE)
  WHERE tier->state IN ('COMPLETED', 'FAILED')
  GROUP BY tier->tier, tier->state;

-- Who waits longest? Ten of each tier in ten minutes: sort_col is milliseconds from the record to its reflection.
CREATE TABLE IF NOT EXISTS slowest_users AS
  SELECT tier->tier AS tier,
         TOPK(UNIX_TIMESTAMP(tier->updated_at) - UNIX_TIMESTAMP(received_at), user_key, interaction_id, 10) AS slowest
  FROM outcomes WINDOW TUMBLING (SIZE 10 MINUTES)
  WHERE tier->state = 'COMPLETED'
  GROUP BY tier->tier;

-- Who sends most in an hour?
CREATE TABLE IF NOT EXISTS interactions_by_user AS
  SELECT user_key, COUNT(*) AS interactions, LATEST_BY_OFFSET(session_id) AS last_session
  FROM interactions WINDOW TUMBLING (SIZE 1 HOUR)
  GROUP BY user_key;

-- What is parked, why, and in which tier?
CREATE TABLE IF NOT EXISTS dead_letters_by_reason WITH (KEY_FORMAT = 'JSON') AS
  SELECT IFNULL(tier, 'none') AS tier, reason, last_failure->error_class AS error_class, COUNT(*) AS letters
  FROM dead_letters WINDOW TUMBLING (SIZE 1 HOUR)
  GROUP BY IFNULL(tier, 'none'), reason, last_failure->error_class;

-- What was done about it, by day?
CREATE TABLE IF NOT EXISTS dead_letter_actions_by_day AS
  SELECT action, COUNT(*) AS letters
  FROM dead_letter_actions WINDOW TUMBLING (SIZE 1 DAY)
  GROUP BY action;

-- Which errors make tasks wait for another attempt?
CREATE TABLE IF NOT EXISTS retries_by_error WITH (KEY_FORMAT = 'JSON') AS
  SELECT tier, last_error->error_class AS error_class, COUNT(*) AS attempts, MAX(attempt) AS most_attempts
  FROM retries WINDOW TUMBLING (SIZE 10 MINUTES)
  GROUP BY tier, last_error->error_class;

-- What is pending, by tier? The last state of each interaction's tier, and of these the ones that wait.
CREATE STREAM IF NOT EXISTS tier_changes AS
  SELECT record_key, EXPLODE(tiers) AS tier
  FROM reflection_changes;
CREATE TABLE IF NOT EXISTS tier_states WITH (KEY_FORMAT = 'JSON') AS
  SELECT record_key, tier->tier AS tier, LATEST_BY_OFFSET(tier->state) AS state
  FROM tier_changes
  GROUP BY record_key, tier->tier;
CREATE TABLE IF NOT EXISTS pending_by_tier WITH (KEY_FORMAT = 'JSON') AS
  SELECT tier, state, COUNT(*) AS pending
  FROM tier_states
  WHERE state IN ('QUEUED', 'RETRYING')
  GROUP BY tier, state;

-- How do interactions stand, by namespace?
CREATE TABLE IF NOT EXISTS interactions_by_state WITH (KEY_FORMAT = 'JSON') AS
  SELECT `NAMESPACE`, state, COUNT(*) AS interactions
  FROM reflections
  GROUP BY `NAMESPACE`, state;

-- Which namespace takes how many tokens of which model a day?
CREATE TABLE IF NOT EXISTS tokens_by_day WITH (KEY_FORMAT = 'JSON') AS
  SELECT `NAMESPACE`, tier->reflector->model AS model,
         SUM(tier->input_tokens) AS input_tokens, SUM(tier->output_tokens) AS output_tokens
  FROM outcomes WINDOW TUMBLING (SIZE 1 DAY)
  WHERE tier->reflector->model IS NOT NULL
  GROUP BY `NAMESPACE`, tier->reflector->model;

-- What is learned in a minute, by which reflector, and what of it is held back?
CREATE TABLE IF NOT EXISTS facts_per_minute WITH (KEY_FORMAT = 'JSON') AS
  SELECT reflector->name AS reflector, source, COUNT(*) AS facts, COUNT(quarantine) AS held_back
  FROM facts WINDOW TUMBLING (SIZE 1 MINUTE)
  GROUP BY reflector->name, source;

-- Who was forgotten, and how much of them?
CREATE TABLE IF NOT EXISTS erasures_by_day WITH (KEY_FORMAT = 'JSON') AS
  SELECT `NAMESPACE`, scope, COUNT(*) AS erasures
  FROM erasures WINDOW TUMBLING (SIZE 1 DAY)
  GROUP BY `NAMESPACE`, scope;
