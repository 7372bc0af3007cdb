package io.memoryreflector.store.longterm;

import io.memoryreflector.schemas.Ids;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Query;
import org.neo4j.driver.Session;
import org.neo4j.driver.exceptions.ClientException;

/** Brings the graph's constraints and indexes up to date. Each migration runs once; its checksum is kept and checked. */
final class Migrations {

    private static final List<String> FILES = List.of(
            "V1__memories.cypher",
            "V2__erasures.cypher",
            "V3__amendments.cypher",
            "V4__retention.cypher",
            "V5__recall_in_process.cypher");

    private static final Set<String> MADE_MEANWHILE = Set.of(
            "Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists",
            "Neo.ClientError.Schema.ConstraintAlreadyExists",
            "Neo.ClientError.Schema.IndexAlreadyExists");

    /** Statements with it commit by themselves and stand in no transaction of ours. */
    private static final String BY_ITSELF = "IN TRANSACTIONS";

    private static final Pattern MADE = Pattern.compile("CREATE (?:CONSTRAINT|INDEX|FULLTEXT INDEX) (\\w+)");

    private static final String RECORD =
            "CREATE CONSTRAINT schema_migration IF NOT EXISTS" + " FOR (s:SchemaMigration) REQUIRE s.file IS UNIQUE";

    private final Driver driver;

    Migrations(Driver driver) {
        this.driver = driver;
    }

    /** @throws IllegalStateException if a migration that was run has been changed since */
    void run() {
        try (var session = driver.session()) {
            change(session, RECORD);
            for (var file : FILES) {
                run(session, file, Cypher.read(file));
            }
        }
    }

    /** Every statement says IF NOT EXISTS, so two programs may start at once and a death in between does no harm. */
    private static void run(Session session, String file, String text) {
        var checksum = Ids.nameBased(text);
        var known =
                session.executeRead(tx -> tx
                        .run(
                                "MATCH (s:SchemaMigration {file: $file}) RETURN s.checksum AS checksum",
                                Map.of("file", file))
                        .stream()
                        .map(row -> row.get("checksum").asString())
                        .toList());
        if (known.contains(checksum)) {
            return;
        }
        if (!known.isEmpty()) {
            throw new IllegalStateException("migration " + file
                    + " was run in another form. Put the file back and add a new one for what is to change.");
        }
        Arrays.stream(text.split(";"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .forEach(statement -> change(session, statement));
        awaitIndexes(session, text);
        session.executeWriteWithoutResult(tx -> tx.run(new Query(
                        "MERGE (s:SchemaMigration {file: $file}) SET s.checksum = $checksum, s.run_at = timestamp()",
                        Map.of("file", file, "checksum", checksum)))
                .consume());
    }

    /** No others: one that is made for another generation waits until transactions like this one end. */
    private static void awaitIndexes(Session session, String text) {
        MADE.matcher(text).results().forEach(made -> awaitIndex(session, made.group(1)));
    }

    private static void awaitIndex(Session session, String name) {
        try {
            session.run("CALL db.awaitIndex('" + name + "', 60)").consume();
        } catch (ClientException e) {
            // Another program has come to the migration that drops it.
            if (!e.code().equals("Neo.ClientError.Schema.IndexNotFound")) {
                throw e;
            }
        }
    }

    /** Two programs that change the schema at once lock each other out, and IF NOT EXISTS looks before it locks. */
    private static void change(Session session, String statement) {
        if (statement.contains(BY_ITSELF)) {
            session.run(statement).consume();
            return;
        }
        try {
            session.executeWriteWithoutResult(tx -> tx.run(statement).consume());
        } catch (ClientException e) {
            if (!MADE_MEANWHILE.contains(e.code())) {
                throw e;
            }
        }
    }
}
