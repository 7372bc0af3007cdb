package io.memoryreflector.store.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memoryreflector.store.longterm.LongTermMemory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class GenerationTest {

    private static final Generation SECOND = Generation.FIRST.next();
    private static final Pattern LABEL = Pattern.compile("[:|][A-Z][a-z]\\w*");

    @Test
    void shouldLeaveTheWordsOfOddGenerationsAsTheyAre() {
        var statement = "MATCH (m:Memory {memory_id: $id}) WHERE m.tier = 'Memory: no label' RETURN m";

        assertThat(Generation.FIRST.of(statement)).isEqualTo(statement);
        assertThat(SECOND.next().of(statement)).isEqualTo(statement);
    }

    @Test
    void shouldGiveEvenGenerationsLabelsAndIndexesOfTheirOwn() {
        assertThat(SECOND.of("MATCH (n:Memory {a: $b})<-[:HAS]-(e:Entity) REMOVE n:Episode:Fact RETURN n.Fact"))
                .isEqualTo("MATCH (n:Memory_2 {a: $b})<-[:HAS]-(e:Entity_2) REMOVE n:Episode_2:Fact_2 RETURN n.Fact");
        assertThat(SECOND.of("CREATE INDEX memory_seq IF NOT EXISTS FOR (m:Memory) ON (m.user_key)"))
                .isEqualTo("CREATE INDEX memory_seq_2 IF NOT EXISTS FOR (m:Memory_2) ON (m.user_key)");
        assertThat(SECOND.of("CREATE FULLTEXT INDEX memory_text IF NOT EXISTS FOR (m:Memory) ON EACH [m.text]"))
                .contains("memory_text_2", "(m:Memory_2)");
        assertThat(SECOND.of("CALL db.awaitIndex('memory_seq', 60)"))
                .isEqualTo("CALL db.awaitIndex('memory_seq_2', 60)");
        assertThat(SECOND.of("DROP INDEX memory_text IF EXISTS")).isEqualTo("DROP INDEX memory_text_2 IF EXISTS");
        assertThat(Generation.plain("Memory_2")).isEqualTo("Memory");
    }

    /** A new kind of node that is forgotten here would be shared by two generations. */
    @Test
    void shouldKnowTheLabelsOfAllStatements() throws Exception {
        var statements =
                Path.of(LongTermMemory.class.getResource("page.cypher").toURI()).getParent();
        try (var files = Files.list(statements)) {
            for (var file :
                    files.filter(it -> it.toString().endsWith(".cypher")).toList()) {
                // Relationships are in capitals.
                assertThat(LABEL.matcher(SECOND.of(Files.readString(file))).results())
                        .as("%s", file.getFileName())
                        .allMatch(label -> label.group().endsWith("_2"));
            }
        }
    }

    @Test
    void shouldBeginAUsersNumbersAboveThoseOfTheGenerationBefore() {
        assertThat(Generation.FIRST.of("SET u.seq = $first_seq")).isEqualTo("SET u.seq = 0");
        assertThat(SECOND.of("SET u.seq = $first_seq")).isEqualTo("SET u.seq = " + (1L << 40));
    }

    @Test
    void shouldTakeNoGenerationBelowTheFirst() {
        assertThatThrownBy(() -> new Generation(0)).hasMessage("generation: got 0, takes 1 and more");
    }
}
