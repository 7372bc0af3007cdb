package io.memoryreflector.connect.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.rabbitmq.client.AMQP.BasicProperties;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.Priority;
import io.memoryreflector.events.Role;
import io.memoryreflector.events.Source;
import io.memoryreflector.schemas.InteractionLimits;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class JobMappingTest {

    private static final Instant NOW = Instant.parse("2026-05-03T08:00:00Z");
    private static final BasicProperties NONE = new BasicProperties();
    private static final JobMapping MAPPING = new JobMapping(
            "default", Optional.empty(), List.of(Priority.values()), new InteractionLimits(1_000, 200, 3), 100_000);

    @Test
    void shouldMapAWholeJob() {
        var job = mapped("""
                {"job_id": "j1", "user_id": "ada@example.org", "session_id": "s1", "user_message": "Hello",
                 "assistant_response": "Hi", "timestamp": "2026-05-02T10:00:00", "metadata": {"channel": "web", "n": 1},
                 "priority": 3, "retry_count": 2, "max_retries": 3, "created_at": "2026-05-02T09:59:59"}""");

        var interaction = job.interaction();
        assertThat(interaction.getInteractionId()).isEqualTo("j1");
        assertThat(interaction.getNamespace()).isEqualTo("default");
        assertThat(interaction.getUserId()).isEqualTo("ada@example.org");
        assertThat(interaction.getSessionId()).isEqualTo("s1");
        assertThat(interaction.getOccurredAt()).isEqualTo(Instant.parse("2026-05-02T10:00:00Z"));
        assertThat(interaction.getReceivedAt()).isEqualTo(NOW);
        assertThat(interaction.getPriority()).isEqualTo(Priority.URGENT);
        assertThat(interaction.getSource()).isEqualTo(Source.RABBITMQ);
        assertThat(interaction.getMetadata())
                .isEqualTo(Map.of("channel", "web", "n", "1", "created_at", "2026-05-02T09:59:59"));
        assertThat(interaction.getMessages())
                .extracting(Message::getMessageId, Message::getRole, Message::getContent)
                .containsExactly(tuple("j1:0", Role.USER, "Hello"), tuple("j1:1", Role.ASSISTANT, "Hi"));
        assertThat(job.counters()).isEqualTo(Map.of("retry_count", "2", "max_retries", "3"));
    }

    @Test
    void shouldTakeTheDefaultsOfWhatIsMissing() {
        var interaction = mapped(
                        "{\"job_id\": 7, \"user_id\": 42, \"user_message\": \"Hello\", \"assistant_response\": \" \"}")
                .interaction();

        assertThat(interaction.getInteractionId()).isEqualTo("7");
        assertThat(interaction.getUserId()).isEqualTo("42");
        assertThat(interaction.getSessionId()).isNull();
        assertThat(interaction.getPriority()).isNull();
        assertThat(interaction.getOccurredAt()).isEqualTo(NOW);
        assertThat(interaction.getMessages()).hasSize(1);
        assertThat(interaction.getMetadata()).isEmpty();
    }

    @Test
    void shouldTakeFromTheMessageWhatTheJobDoesNotSay() {
        var properties = new BasicProperties.Builder()
                .messageId("m1")
                .priority(200)
                .timestamp(Date.from(Instant.parse("2026-05-01T00:00:00Z")))
                .build();

        var interaction = ((Mapped.Job) MAPPING.map(
                        "{\"user_id\": \"ada\", \"content\": \"Hello\"}".getBytes(StandardCharsets.UTF_8),
                        properties,
                        NOW))
                .interaction();

        assertThat(interaction.getInteractionId()).isEqualTo("m1");
        assertThat(interaction.getPriority()).isEqualTo(Priority.URGENT);
        assertThat(interaction.getOccurredAt()).isEqualTo(Instant.parse("2026-05-01T00:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "hello | poison | body",
                "[1] | poison | body",
                "{} trailing | poison | body",
                "{\"job_id\": \"j\", \"job_id\": \"k\"} | poison | body",
                "{\"user_id\": \"ada\", \"user_message\": \"Hello\"} | permanent | job_id",
                "{\"job_id\": \"j\", \"user_message\": \"Hello\"} | permanent | user_id",
                "{\"job_id\": \"j\", \"user_id\": \"ada\"} | permanent | user_message",
                "{\"job_id\": \"j\", \"user_id\": \"ada\", \"user_message\": 1} | permanent | user_message",
                "{\"job_id\": \"j\\ud800\", \"user_id\": \"ada\", \"user_message\": \"a\"} | permanent | job_id",
                "{\"job_id\": \"j\", \"user_id\": \"ada\", \"user_message\": \"a\", \"timestamp\": \"soon\"} | permanent | timestamp",
                "{\"job_id\": \"j\", \"user_id\": \"ada\", \"user_message\": \"a\", \"timestamp\": \"0026-05-02T10:00:00\"} | permanent | timestamp",
                "{\"job_id\": \"j\", \"user_id\": \"ada\", \"user_message\": \"a\", \"priority\": -1} | permanent | priority",
                "{\"job_id\": \"j\", \"user_id\": \"ada\", \"user_message\": \"a\", \"metadata\": []} | permanent | metadata",
                "{\"job_id\": \"j\", \"user_id\": \"ada\", \"user_message\": \"a\", \"a\": 1, \"b\": 2, \"c\": 3, \"d\": 4} | permanent | metadata"
            })
    void shouldRefuseWithTheFieldWhatItCannotBe(String body, String kind, String field) {
        var refused = (Mapped.Refused) map(body);

        assertThat(refused.kind()).isEqualTo(kind);
        assertThat(refused.why()).hasMessageStartingWith(field).hasMessageContaining("takes");
    }

    @Test
    void shouldRefuseWhatIsTooLarge() {
        assertThat(map("{\"job_id\": \"j\", \"user_id\": \"ada\", \"user_message\": \"" + "a".repeat(1_001) + "\"}"))
                .isInstanceOfSatisfying(Mapped.Refused.class, refused -> assertThat(refused.why())
                        .hasMessageContaining("got 1001 bytes, takes up to 1000"));
        assertThat(map(" ".repeat(100_001))).isInstanceOf(Mapped.Refused.class);
    }

    @Test
    void shouldLetTheMetadataChooseTheNamespaceOnlyWhereThatIsSet() {
        var body =
                "{\"job_id\": \"j\", \"user_id\": \"ada\", \"user_message\": \"a\", \"metadata\": {\"tenant\": \"%s\"}}";
        var choosing = new JobMapping(
                "default", Optional.of("tenant"), MAPPING.priorities(), MAPPING.limits(), MAPPING.bodyBytes());

        assertThat(mapped(body.formatted("acme")).interaction().getNamespace()).isEqualTo("default");
        assertThat(interaction(choosing, body.formatted("acme")).getNamespace()).isEqualTo("acme");
        assertThat(choosing.map(body.formatted("No such").getBytes(StandardCharsets.UTF_8), NONE, NOW))
                .isInstanceOfSatisfying(Mapped.Refused.class, refused -> assertThat(refused.why())
                        .hasMessageStartingWith("metadata.tenant"));
    }

    @Test
    void shouldReadNumbersOfPrioritiesAsTheSettingSays() {
        var two = new JobMapping(
                "default",
                Optional.empty(),
                List.of(Priority.NORMAL, Priority.HIGH),
                MAPPING.limits(),
                MAPPING.bodyBytes());
        var body = "{\"job_id\": \"j\", \"user_id\": \"ada\", \"user_message\": \"a\", \"priority\": %s}";

        assertThat(interaction(two, body.formatted("0")).getPriority()).isEqualTo(Priority.NORMAL);
        assertThat(interaction(two, body.formatted("1")).getPriority()).isEqualTo(Priority.HIGH);
        assertThat(interaction(two, body.formatted("9")).getPriority()).isEqualTo(Priority.HIGH);
        assertThat(interaction(two, body.formatted("\"urgent\"")).getPriority()).isEqualTo(Priority.URGENT);
    }

    /** Whatever the bytes, there is an answer, and no exception that would stop the task at them for ever. */
    @Property(tries = 300)
    void shouldAnswerToAnyBytes(@ForAll byte[] body) {
        assertThat(MAPPING.map(body, NONE, NOW)).isInstanceOf(Mapped.Refused.class);
    }

    /** A text as it is said is the text that is kept, if it can be kept at all. */
    @Property(tries = 300)
    void shouldKeepWhatIsSaid(@ForAll String said) {
        var body = new JsonMapper().writeValueAsBytes(Map.of("job_id", "j", "user_id", "ada", "user_message", said));

        if (MAPPING.map(body, NONE, NOW) instanceof Mapped.Job job) {
            assertThat(job.interaction().getMessages().get(0).getContent()).isEqualTo(said);
        } else {
            assertThat(said.isBlank()
                            || said.getBytes(StandardCharsets.UTF_8).length > 1_000
                            || !StandardCharsets.UTF_8.newEncoder().canEncode(said))
                    .isTrue();
        }
    }

    private static Mapped map(String body) {
        return MAPPING.map(body.getBytes(StandardCharsets.UTF_8), NONE, NOW);
    }

    private static Mapped.Job mapped(String body) {
        return (Mapped.Job) map(body);
    }

    private static Interaction interaction(JobMapping mapping, String body) {
        return ((Mapped.Job) mapping.map(body.getBytes(StandardCharsets.UTF_8), NONE, NOW)).interaction();
    }
}
