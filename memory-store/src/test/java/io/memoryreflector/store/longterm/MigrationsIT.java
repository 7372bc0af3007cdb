package io.memoryreflector.store.longterm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memoryreflector.store.Stores;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.neo4j.driver.exceptions.ClientException;

class MigrationsIT {

    private static final int MIGRATIONS = 5;

    /** Migrations are over it where another program has dropped meanwhile what they made. */
    @Test
    void shouldKnowByItsCodeThatAnIndexIsNotThere() {
        assertThatThrownBy(() -> {
                    try (var session = Stores.neo4j().session()) {
                        session.run("CALL db.awaitIndex('never_made', 1)").consume();
                    }
                })
                .isInstanceOfSatisfying(ClientException.class, e -> assertThat(e.code())
                        .isEqualTo("Neo.ClientError.Schema.IndexNotFound"));
    }

    @Test
    void shouldRunOnceAndRefuseAMigrationThatWasChanged() {
        Stores.longTerm();
        var migrations = new Migrations(Stores.neo4j());
        migrations.run();
        try (var session = Stores.neo4j().session()) {
            var ran = session.run("MATCH (s:SchemaMigration) RETURN s.file AS file, s.checksum AS checksum")
                    .list(row -> Map.entry(
                            row.get("file").asString(), row.get("checksum").asString()));
            assertThat(ran).hasSize(MIGRATIONS);
            var file = ran.get(0).getKey();
            session.run("MATCH (s:SchemaMigration {file: $file}) SET s.checksum = 'other'", Map.of("file", file))
                    .consume();
            try {
                assertThatThrownBy(migrations::run)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining(file);
            } finally {
                session.run(
                                "MATCH (s:SchemaMigration {file: $file}) SET s.checksum = $checksum",
                                Map.of("file", file, "checksum", ran.get(0).getValue()))
                        .consume();
            }
        }
    }

    @Test
    void shouldFindWhatAnEarlierVersionHasWritten() {
        Stores.longTerm();
        var user = Stores.newUser().toString();
        try (var session = Stores.neo4j().session()) {
            session.run(
                            "CREATE (:Interaction {interaction_key: $user, user_key: $user, recorded_at: 7, occurred_at: 5}),"
                                    + " (:Interaction {interaction_key: $user + '2', user_key: $user, occurred_at: 5})",
                            Map.of("user", user))
                    .consume();
            session.run("MATCH (s:SchemaMigration {file: 'V4__retention.cypher'}) DELETE s")
                    .consume();

            new Migrations(Stores.neo4j()).run();

            assertThat(session.run(
                                    "MATCH (i:Interaction {user_key: $user}) RETURN i.raw_since AS since ORDER BY since",
                                    Map.of("user", user))
                            .list(row -> row.get("since").asLong()))
                    .containsExactly(5L, 7L);
        }
    }

    @Test
    void shouldRunOnceThoughManyStartAtOnce() throws Exception {
        Stores.longTerm();
        try (var session = Stores.neo4j().session()) {
            session.run("DROP INDEX fact_slot").consume();
            session.run("DROP INDEX interaction_user").consume();
            session.run("MATCH (s:SchemaMigration) DELETE s").consume();
        }
        var pool = Executors.newFixedThreadPool(4);
        try {
            var gate = new CyclicBarrier(4);
            var started = new ArrayList<Future<?>>();
            for (int n = 0; n < 4; n++) {
                started.add(pool.submit(() -> {
                    gate.await(10, TimeUnit.SECONDS);
                    new Migrations(Stores.neo4j()).run();
                    return null;
                }));
            }
            for (var one : started) {
                one.get(90, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }

        try (var session = Stores.neo4j().session()) {
            assertThat(session.run("MATCH (s:SchemaMigration) RETURN count(s) AS n")
                            .single()
                            .get("n")
                            .asInt())
                    .isEqualTo(MIGRATIONS);
            assertThat(session.run("SHOW INDEXES YIELD name WHERE name = 'fact_slot' RETURN name")
                            .list())
                    .hasSize(1);
        }
    }
}
