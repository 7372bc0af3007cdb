// One key each, because keys over several properties are not in the Community edition.
CREATE CONSTRAINT user_key IF NOT EXISTS FOR (u:User) REQUIRE u.user_key IS UNIQUE;
CREATE CONSTRAINT interaction_key IF NOT EXISTS FOR (i:Interaction) REQUIRE i.interaction_key IS UNIQUE;
CREATE CONSTRAINT message_key IF NOT EXISTS FOR (m:Message) REQUIRE m.message_key IS UNIQUE;
CREATE CONSTRAINT memory_id IF NOT EXISTS FOR (m:Memory) REQUIRE m.memory_id IS UNIQUE;
CREATE CONSTRAINT entity_key IF NOT EXISTS FOR (e:Entity) REQUIRE e.entity_key IS UNIQUE;
// What a recaller does not have yet.
CREATE INDEX memory_seq IF NOT EXISTS FOR (m:Memory) ON (m.user_key, m.seq);
// Which facts a new one may close.
CREATE INDEX fact_slot IF NOT EXISTS FOR (f:Fact) ON (f.slot);
CREATE INDEX interaction_user IF NOT EXISTS FOR (i:Interaction) ON (i.user_key, i.occurred_at);
CREATE FULLTEXT INDEX memory_text IF NOT EXISTS FOR (m:Memory) ON EACH [m.text];
