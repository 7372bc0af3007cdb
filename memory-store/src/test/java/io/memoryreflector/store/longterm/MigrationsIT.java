package io.memoryreflector.store.longterm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memoryreflector.store.Stores;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MigrationsIT {

    @Test
    void shouldRunOnceAndRefuseAMigrationThatWasChanged() {
        Stores.longTerm();
        var migrations = new Migrations(Stores.neo4j());
        migrations.run();
        try (var session = Stores.neo4j().session()) {
            var ran = session.run("MATCH (s:SchemaMigration) RETURN s.file AS file, s.checksum AS checksum")
                    .list(row -> Map.entry(
                            row.get("file").asString(), row.get("checksum").asString()));
            assertThat(ran).hasSize(1);
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
}
