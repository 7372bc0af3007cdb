package io.memoryreflector.client.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.memoryreflector.client.DraftMessage;
import io.memoryreflector.client.InteractionDraft;
import io.memoryreflector.client.OperationId;
import io.memoryreflector.client.buffer.Operation;
import io.memoryreflector.events.Role;
import io.memoryreflector.schemas.InteractionLimits;
import java.time.Instant;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DraftMappingTest {

    private static final InteractionDraft DRAFT = InteractionDraft.of("ada", "Hello.", "Hi.");
    private static final Instant NOW = Instant.parse("2026-05-02T10:00:00Z");
    private static final Instant EARLIER = Instant.parse("2026-05-01T10:00:00Z");

    private final DraftMapping mapping = new DraftMapping(InteractionLimits.DEFAULT);

    @Test
    void shouldTakeTheLastMessagesTimeWhereThereIsNoOther() throws InvalidDraft {
        var said = InteractionDraft.of("ada", DraftMessage.user("Hello.").at(EARLIER));

        assertThat(mapping.map(operation(said)).getOccurredAt()).isEqualTo(EARLIER);
        assertThat(mapping.map(operation(DRAFT)).getOccurredAt()).isEqualTo(NOW);
        assertThat(mapping.map(operation(DRAFT.at(EARLIER))).getMessages())
                .allMatch(message -> message.getSentAt().equals(EARLIER));
    }

    @Test
    void shouldTakeWhateverIsWithinTheLimits() throws InvalidDraft {
        var longest = InteractionDraft.of(
                        "é".repeat(128), Collections.nCopies(200, DraftMessage.user("é".repeat(128 * 1024))))
                .withId("x".repeat(256));
        assertThat(mapping.map(operation(longest)).getMessages()).hasSize(200);
        assertThat(mapping.map(operation(InteractionDraft.of("🙂", "🙂", "🙂"))).getUserId())
                .isEqualTo("🙂");
    }

    @ParameterizedTest
    @MethodSource
    void shouldNameTheFieldThatIsWrong(String field, String message, InteractionDraft draft) {
        assertThatExceptionOfType(InvalidDraft.class)
                .isThrownBy(() -> mapping.map(operation(draft)))
                .withMessage(message)
                .satisfies(wrong -> assertThat(wrong.field()).isEqualTo(field));
    }

    static Stream<Arguments> shouldNameTheFieldThatIsWrong() {
        var user = DraftMessage.user("Hello.");
        var tooMany = DRAFT;
        for (var i = 0; i < 65; i++) {
            tooMany = tooMany.with("key" + i, "value");
        }
        return Stream.of(
                Arguments.of("namespace", "got 'No/', takes [a-z0-9._-]{1,64}", DRAFT.inNamespace("No/")),
                Arguments.of(
                        "user_id",
                        "got 258 bytes, takes 1 to 256 bytes of text",
                        InteractionDraft.of("é".repeat(129), "Hello.", "Hi.")),
                Arguments.of(
                        "user_id",
                        "holds half of a surrogate pair at position 1, takes well-formed Unicode",
                        InteractionDraft.of("a\ud83d", "Hello.", "Hi.")),
                Arguments.of("interaction_id", "got '', takes 1 to 256 bytes of text", DRAFT.withId("")),
                Arguments.of("session_id", "got 257 bytes, takes up to 256", DRAFT.inSession("x".repeat(257))),
                Arguments.of("category", "got 1025 bytes, takes up to 1024", DRAFT.withCategory("x".repeat(1025))),
                Arguments.of(
                        "occurred_at",
                        "got '0001-01-01T00:00:00Z', takes a time from 1900-01-01T00:00:00Z to 2200-01-01T00:00:00Z",
                        DRAFT.at(Instant.parse("0001-01-01T00:00:00Z"))),
                Arguments.of("metadata", "got 65 entries, takes up to 64", tooMany),
                Arguments.of(
                        "metadata.note", "got 16385 bytes, takes up to 16384", DRAFT.with("note", "x".repeat(16385))),
                Arguments.of("messages", "got 0, takes 1 to 200", InteractionDraft.of("ada")),
                Arguments.of(
                        "messages",
                        "got 201, takes 1 to 200",
                        InteractionDraft.of("ada", Collections.nCopies(201, user))),
                Arguments.of(
                        "messages[1].content",
                        "is blank, takes a text",
                        InteractionDraft.of("ada", user, DraftMessage.assistant(" "))),
                Arguments.of(
                        "messages[0].content",
                        "got 262145 bytes, takes up to 262144",
                        InteractionDraft.of("ada", DraftMessage.user("x".repeat(262145)))),
                Arguments.of(
                        "messages[0].role",
                        "got 'unknown', takes user, assistant, system, tool",
                        InteractionDraft.of("ada", DraftMessage.of(Role.UNKNOWN, "Hello."))),
                Arguments.of(
                        "messages[1].message_id",
                        "got 'D1' for the second time, takes one id a message",
                        InteractionDraft.of("ada", user.withMessageId("D1"), user.withMessageId("D1"))));
    }

    private static Operation operation(InteractionDraft draft) {
        var id = draft.interactionId() == null ? "new" : draft.interactionId();
        return new Operation(OperationId.of(id), draft, NOW.toEpochMilli(), null);
    }
}
