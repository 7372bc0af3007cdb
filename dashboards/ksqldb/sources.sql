-- Every topic as a stream, and what is compacted as a table too. Only the key is declared: ksqlDB takes the columns from
-- the schema registry. Run it once; the topics have to be there:
--   ksql --file dashboards/ksqldb/sources.sql http://127.0.0.1:8088
-- They are SOURCE streams: ksqlDB reads them and can neither write to these topics nor delete them.
-- Columns that are words of ksqlDB's own are written in backquotes and capitals, as `NAMESPACE`.
SET 'auto.offset.reset' = 'earliest';

-- What was handed over. The inbox is there where encryption is on, for producers that cannot seal.
CREATE SOURCE STREAM IF NOT EXISTS inbox (user_key STRING KEY)
  WITH (KAFKA_TOPIC = 'memory.inbox', KEY_FORMAT = 'KAFKA', VALUE_FORMAT = 'AVRO');
CREATE SOURCE STREAM IF NOT EXISTS interactions (user_key STRING KEY)
  WITH (KAFKA_TOPIC = 'memory.interactions', KEY_FORMAT = 'KAFKA', VALUE_FORMAT = 'AVRO');

-- The lanes: a task for each tier, what waits for its next attempt, and what became of each.
CREATE SOURCE STREAM IF NOT EXISTS tasks_episodic (user_key STRING KEY)
  WITH (KAFKA_TOPIC = 'reflector.tasks.episodic', KEY_FORMAT = 'KAFKA', VALUE_FORMAT = 'AVRO');
CREATE SOURCE STREAM IF NOT EXISTS tasks_semantic (user_key STRING KEY)
  WITH (KAFKA_TOPIC = 'reflector.tasks.semantic', KEY_FORMAT = 'KAFKA', VALUE_FORMAT = 'AVRO');
CREATE SOURCE STREAM IF NOT EXISTS tasks_procedural (user_key STRING KEY)
  WITH (KAFKA_TOPIC = 'reflector.tasks.procedural', KEY_FORMAT = 'KAFKA', VALUE_FORMAT = 'AVRO');
CREATE SOURCE STREAM IF NOT EXISTS retries (user_key STRING KEY)
  WITH (KAFKA_TOPIC = 'reflector.retry', KEY_FORMAT = 'KAFKA', VALUE_FORMAT = 'AVRO');
CREATE SOURCE STREAM IF NOT EXISTS outcomes (user_key STRING KEY)
  WITH (KAFKA_TOPIC = 'reflector.outcomes', KEY_FORMAT = 'KAFKA', VALUE_FORMAT = 'AVRO');
CREATE SOURCE STREAM IF NOT EXISTS session_ends (user_key STRING KEY)
  WITH (KAFKA_TOPIC = 'reflector.session-ends', KEY_FORMAT = 'KAFKA', VALUE_FORMAT = 'AVRO');

-- What became of each interaction: every change, and how it stands now.
CREATE SOURCE STREAM IF NOT EXISTS reflection_changes (record_key STRING KEY)
  WITH (KAFKA_TOPIC = 'memory.reflections', KEY_FORMAT = 'KAFKA', VALUE_FORMAT = 'AVRO');
CREATE SOURCE TABLE IF NOT EXISTS reflections (record_key STRING PRIMARY KEY)
  WITH (KAFKA_TOPIC = 'memory.reflections', KEY_FORMAT = 'KAFKA', VALUE_FORMAT = 'AVRO');

-- What is parked. Bytes that are no event lie here too, as they came: ksqlDB passes over them and says so in its log.
CREATE SOURCE STREAM IF NOT EXISTS dead_letters (source_key STRING KEY)
  WITH (KAFKA_TOPIC = 'reflector.dlq', KEY_FORMAT = 'KAFKA', VALUE_FORMAT = 'AVRO');
CREATE SOURCE STREAM IF NOT EXISTS dead_letter_actions (letter_key STRING KEY)
  WITH (KAFKA_TOPIC = 'reflector.dlq.actions', KEY_FORMAT = 'KAFKA', VALUE_FORMAT = 'AVRO');

-- What operators did with shadows.
CREATE SOURCE STREAM IF NOT EXISTS shadow_actions (shadow_key STRING KEY)
  WITH (KAFKA_TOPIC = 'reflector.shadow.actions', KEY_FORMAT = 'KAFKA', VALUE_FORMAT = 'AVRO');

-- What is remembered, changed and forgotten.
CREATE SOURCE STREAM IF NOT EXISTS episodes (user_key STRING KEY)
  WITH (KAFKA_TOPIC = 'memory.episodic', KEY_FORMAT = 'KAFKA', VALUE_FORMAT = 'AVRO');
CREATE SOURCE STREAM IF NOT EXISTS facts (user_key STRING KEY)
  WITH (KAFKA_TOPIC = 'memory.semantic', KEY_FORMAT = 'KAFKA', VALUE_FORMAT = 'AVRO');
CREATE SOURCE STREAM IF NOT EXISTS procedures (user_key STRING KEY)
  WITH (KAFKA_TOPIC = 'memory.procedural', KEY_FORMAT = 'KAFKA', VALUE_FORMAT = 'AVRO');
CREATE SOURCE STREAM IF NOT EXISTS sessions (user_key STRING KEY)
  WITH (KAFKA_TOPIC = 'memory.sessions', KEY_FORMAT = 'KAFKA', VALUE_FORMAT = 'AVRO');
CREATE SOURCE STREAM IF NOT EXISTS amendments (user_key STRING KEY)
  WITH (KAFKA_TOPIC = 'memory.amendments', KEY_FORMAT = 'KAFKA', VALUE_FORMAT = 'AVRO');
CREATE SOURCE STREAM IF NOT EXISTS erasures (user_key STRING KEY)
  WITH (KAFKA_TOPIC = 'memory.erasures', KEY_FORMAT = 'KAFKA', VALUE_FORMAT = 'AVRO');

-- Wrapped keys of users, where encryption is on; worth nothing without the master key.
CREATE SOURCE TABLE IF NOT EXISTS user_keys (record_key STRING PRIMARY KEY)
  WITH (KAFKA_TOPIC = 'memory.keys', KEY_FORMAT = 'KAFKA', VALUE_FORMAT = 'AVRO');
