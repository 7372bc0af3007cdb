package io.memoryreflector.ingest.interactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.memoryreflector.events.Role;
import io.memoryreflector.events.Source;
import io.memoryreflector.ingest.config.Limits;
import io.memoryreflector.ingest.problem.FieldProblem;
import io.memoryreflector.ingest.problem.RequestProblem;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;

class InteractionMappingTest {

    private static final Instant NOW = Instant.parse("2026-05-02T10:00:00Z");
    private static final Limits LIMITS = new Limits(10, 1000, 1000, 2, 2, 10);

    private final InteractionMapping mapping = new InteractionMapping(LIMITS, JsonMapper.shared());

    @Test
    void shouldTakeTheTimeOfTheLastMessageWhereNoneIsGiven() {
        var event = map(request(
                "u",
                message("user", "a", "2026-01-01T00:00:00Z"),
                message("assistant", "b", "2026-01-02T01:00:00+01:00")));

        assertThat(event.getOccurredAt()).isEqualTo(Instant.parse("2026-01-02T00:00:00Z"));
        assertThat(event.getReceivedAt()).isEqualTo(NOW);
        assertThat(event.getNamespace()).isEqualTo("default");
        assertThat(event.getMessages().get(0).getRole()).isEqualTo(Role.USER);
    }

    @Test
    void shouldTakeTheArrivalWhereNoTimeIsGiven() {
        var event = map(request("u", message("user", "a", null)));

        assertThat(event.getOccurredAt()).isEqualTo(NOW);
        assertThat(event.getMessages().get(0).getSentAt()).isEqualTo(NOW);
        assertThat(event.getMessages().get(0).getMessageId()).isEqualTo(event.getInteractionId() + ":0");
    }

    @Test
    void shouldAnswerAMessageThatIsTooLongWith413() {
        var problem = refused(request("u", message("user", "12345678901", null)));

        assertThat(problem.status()).isEqualTo(HttpStatus.CONTENT_TOO_LARGE);
        assertThat(problem.errors())
                .containsExactly(new FieldProblem("messages[0].content", "got 11 bytes, takes up to 10"));
    }

    @Test
    void shouldCountBytesAndNotCharacters() {
        assertThat(refused(request("u", message("user", "☂☂☂☂", null)))
                        .errors()
                        .get(0)
                        .message())
                .startsWith("got 12 bytes");
        assertThat(refused(request("ü".repeat(129), message("user", "a", null)))
                        .errors()
                        .get(0))
                .isEqualTo(new FieldProblem("user_id", "got 258 bytes, takes 1 to 256 bytes of text"));
    }

    @Test
    void shouldRefuseHalfASurrogatePair() {
        assertThat(refused(request("u\ud83d", message("user", "a", null))).errors())
                .extracting(FieldProblem::field)
                .containsExactly("user_id");
        assertThat(map(request("u\ud83d\ude00", message("user", "a", null))).getUserId())
                .isEqualTo("u\ud83d\ude00");
    }

    @Test
    void shouldRefuseTooManyMessagesAndEntries() {
        var one = message("user", "a", null);
        assertThat(refused(request("u", one, one, one)).errors())
                .extracting(FieldProblem::message)
                .containsExactly("got 3, takes 1 to 2");

        var metadata = new HashMap<String, Object>(Map.of("a", 1, "b", 2, "c", 3));
        var request = new InteractionRequest(
                "u", null, null, null, List.of(one), null, null, null, null, null, null, metadata);
        assertThat(refused(request).errors())
                .containsExactly(new FieldProblem("metadata", "got 3 entries, takes up to 2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0001-01-01T00:00:00Z",
                "1899-12-31T23:59:59Z",
                "2200-01-01T00:00:00.001Z",
                "9999-12-31T23:59:59Z",
                "+999999999-12-31T23:59:59Z",
                "-999999999-01-01T00:00:00Z"
            })
    void shouldRefuseATimeThatCannotBe(String time) {
        var refused = refused(request("u", message("user", "a", time)));

        assertThat(refused.status()).isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT);
        assertThat(refused.errors())
                .containsExactly(new FieldProblem(
                        "messages[0].sent_at",
                        "got '" + time + "', takes a time from 1900-01-01T00:00:00Z to 2200-01-01T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1900-01-01T00:00:00Z", "1969-12-31T23:59:59.999Z", "2199-12-31T23:59:59Z"})
    void shouldTakeATimeThatCanBe(String time) {
        assertThat(map(request("u", message("user", "a", time))).getOccurredAt())
                .isEqualTo(Instant.parse(time));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "No", "a/b", "a b", "ä", "x\n"})
    void shouldRefuseANamespaceOutsideOfThePattern(String namespace) {
        assertThat(refused(inNamespace(namespace)).errors())
                .containsExactly(new FieldProblem("namespace", "got '" + namespace + "', takes [a-z0-9._-]{1,64}"));
    }

    @Test
    void shouldTakeANamespaceOf64AndAUserIdOf256BytesAndNoLonger() {
        assertThat(map(inNamespace("n".repeat(64))).getNamespace()).hasSize(64);
        assertThat(refused(inNamespace("n".repeat(65))).errors())
                .extracting(FieldProblem::field)
                .containsExactly("namespace");
        assertThat(map(request("ü".repeat(128), message("user", "a", null))).getUserId())
                .hasSize(128);
        assertThat(refused(request("u".repeat(257), message("user", "a", null))).errors())
                .extracting(FieldProblem::field)
                .containsExactly("user_id");
    }

    private static InteractionRequest inNamespace(String namespace) {
        return new InteractionRequest(
                "u",
                null,
                namespace,
                null,
                List.of(message("user", "a", null)),
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    @Test
    void shouldPreferUserMessageOverContent() {
        var event = map(new InteractionRequest(
                "u", null, null, null, null, "said", "other", "answered", null, null, null, null));

        assertThat(event.getMessages())
                .extracting(message -> message.getRole() + " " + message.getContent())
                .containsExactly("USER said", "ASSISTANT answered");
    }

    private io.memoryreflector.events.Interaction map(InteractionRequest request) {
        return mapping.map(request, Source.REST, Optional.empty(), NOW);
    }

    private RequestProblem refused(InteractionRequest request) {
        return catchThrowableOfType(RequestProblem.class, () -> map(request));
    }

    private static MessageRequest message(String role, String content, String sentAt) {
        return new MessageRequest(null, role, null, content, sentAt);
    }

    private static InteractionRequest request(String user, MessageRequest... messages) {
        return new InteractionRequest(
                user, null, null, null, List.of(messages), null, null, null, null, null, null, null);
    }
}
