// What was forgotten, so that it never comes back.
CREATE CONSTRAINT erasure_key IF NOT EXISTS FOR (e:Erasure) REQUIRE e.erasure_key IS UNIQUE;
CREATE INDEX erasure_user IF NOT EXISTS FOR (e:Erasure) ON (e.user_key);
CREATE INDEX erasure_memory IF NOT EXISTS FOR (e:Erasure) ON (e.memory_id);
