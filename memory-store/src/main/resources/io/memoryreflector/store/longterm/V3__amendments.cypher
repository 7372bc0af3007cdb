// What was changed of memories after they were made, whether or not they are there yet.
CREATE CONSTRAINT amendment_key IF NOT EXISTS FOR (a:Amendment) REQUIRE a.amendment_key IS UNIQUE;
CREATE INDEX amendment_memory IF NOT EXISTS FOR (a:Amendment) ON (a.memory_id);
CREATE INDEX amendment_user IF NOT EXISTS FOR (a:Amendment) ON (a.user_key);
