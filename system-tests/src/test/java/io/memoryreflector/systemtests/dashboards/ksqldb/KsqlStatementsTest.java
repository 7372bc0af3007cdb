package io.memoryreflector.systemtests.dashboards.ksqldb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memoryreflector.schemas.topic.Topic;
import io.memoryreflector.schemas.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KsqlStatementsTest {

    private static final Path FOLDER = Path.of("..", "dashboards", "ksqldb");

    private final KsqlScript script = new KsqlScript();

    @Test
    void shouldHaveAStreamOrATableOverEveryTopic() {
        script.run(file("sources.sql"));

        assertThat(script.topics())
                .containsExactlyInAnyOrderElementsOf(
                        Topics.all().stream().map(Topic::name).toList());
    }

    @Test
    void shouldAskOnlyForColumnsThatThereAre() {
        script.run(file("sources.sql"));

        script.run(file("questions.sql"));
        script.run(file("queries.sql"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            memory.semantic               | memory.facts            | KAFKA_TOPIC: got memory.facts
            (user_key STRING KEY)         | (user_id STRING KEY)    | the key is called USER_ID
            (user_key STRING KEY)         | (user_key BYTES KEY)    | takes STRING
            KEY_FORMAT = 'KAFKA'          | KEY_FORMAT = 'AVRO'     | KEY_FORMAT: got AVRO
            VALUE_FORMAT = 'AVRO'         | VALUE_FORMAT = 'JSON'   | VALUE_FORMAT: got JSON
            SOURCE STREAM IF NOT EXISTS facts (user_key STRING KEY) | SOURCE TABLE IF NOT EXISTS facts (user_key STRING PRIMARY KEY) | memory.semantic keeps every record
            """)
    void shouldFindWhatIsWrongWithASource(String right, String wrong, String message) {
        var planted = replaced(file("sources.sql"), right, wrong);

        assertThatThrownBy(() -> script.run(planted))
                .isInstanceOf(KsqlError.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            tier->took_ms                 | tier->took              | TierStatus has no field TOOK
            COUNT(quarantine)             | COUNT(quarantined)      | FACTS has no column QUARANTINED
            LATEST_BY_OFFSET(session_id)  | LATEST_BY_OFFSET(tier)  | INTERACTIONS has no column TIER
            FROM retries                  | FROM retry              | no stream or table RETRY
            `NAMESPACE`, state            | namespace, state        | NAMESPACE is a word of ksqlDB's own
            ('QUEUED', 'RETRYING')        | ('QUEUED', 'RETRY')     | ReflectionState has no 'RETRY'
            SUM(tier->input_tokens)       | SUM(tier->updated_at)   | SUM takes a number, got a time
            UNIX_TIMESTAMP(received_at)   | UNIX_TIMESTAMP(user_id) | UNIX_TIMESTAMP takes a time
            EXPLODE(tiers)                | EXPLODE(state)          | EXPLODE takes ARRAY
            GROUP BY source               | GROUP BY category       | grouped by
            GROUP BY record_key, tier->tier | GROUP BY record_key   | grouped by
            AVG(tier->took_ms)            | MEAN(tier->took_ms)     | no function MEAN
            FROM reflection_changes       | FROM reflections        | takes a stream
            """)
    void shouldFindWhatIsWrongWithAQuestion(String right, String wrong, String message) {
        script.run(file("sources.sql"));
        var planted = replaced(file("questions.sql"), right, wrong);

        assertThatThrownBy(() -> script.run(planted))
                .isInstanceOf(KsqlError.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldWantAKeyOfSeveralColumnsInAFormatThatHoldsThem() {
        script.run(file("sources.sql"));
        var planted = replaced(file("questions.sql"), " WITH (KEY_FORMAT = 'JSON')", "");

        assertThatThrownBy(() -> script.run(planted)).hasMessageContaining("KEY_FORMAT: got null, takes JSON");
    }

    private static String replaced(String script, String right, String wrong) {
        assertThat(script).contains(right);
        return script.replace(right, wrong);
    }

    private static String file(String name) {
        try {
            return Files.readString(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
