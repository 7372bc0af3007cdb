package io.memoryreflector.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InteractionDefaultsTest {

    private static final Instant APPENDED = Instant.parse("2026-05-02T10:00:00Z");
    private static final Instant SAID = Instant.parse("2026-05-01T09:00:00Z");
    private static final String ID = Ids.interaction("memory.interactions", 3, 42);

    @Test
    void shouldMakeWhatIsMissingOfTheRecordsPlaceAndTime() {
        var completed = at(3, 42).complete(interaction(message("Hello"), message("Hi")));

        assertThat(completed.getInteractionId()).isEqualTo(ID);
        assertThat(completed.getOccurredAt()).isEqualTo(APPENDED);
        assertThat(completed.getMessages()).extracting(Message::getMessageId).containsExactly(ID + ":0", ID + ":1");
        assertThat(completed.getMessages()).extracting(Message::getSentAt).containsOnly(APPENDED);
        assertThat(completed.getNamespace()).isEqualTo("default");
        assertThat(completed.getSessionId()).isNull();
        assertThat(completed.getPriority()).isNull();
        assertThat(at(3, 42).complete(completed)).isSameAs(completed);
    }

    @Test
    void shouldGiveTheSameRecordTheSameAndEveryOtherRecordAnother() {
        var interaction = interaction(message("Hello"));

        assertThat(at(3, 42).complete(interaction)).isEqualTo(at(3, 42).complete(interaction));
        assertThat(at(3, 43).complete(interaction).getInteractionId()).isNotEqualTo(ID);
        assertThat(at(4, 42).complete(interaction).getInteractionId()).isNotEqualTo(ID);
        assertThat(Ids.interaction("other", 3, 42)).isNotEqualTo(ID);
    }

    @Test
    void shouldLeaveWhatWasGivenAndNotTouchTheRecordItself() {
        var given = message("Hello");
        given.setMessageId("m1");
        given.setSentAt(SAID);
        var interaction = interaction(message("Before"), given);
        interaction.setInteractionId("i1");
        var before = Interaction.newBuilder(interaction).build();

        var completed = at(3, 42).complete(interaction);

        assertThat(interaction).isEqualTo(before);
        assertThat(completed.getInteractionId()).isEqualTo("i1");
        assertThat(completed.getOccurredAt())
                .as("when its last message was sent")
                .isEqualTo(SAID);
        assertThat(completed.getMessages()).extracting(Message::getMessageId).containsExactly("i1:0", "m1");
        assertThat(completed.getMessages()).extracting(Message::getSentAt).containsOnly(SAID);
    }

    @Test
    void shouldTakeAnEmptySessionForNone() {
        var interaction = interaction(message("Hello"));
        interaction.setSessionId("");

        assertThat(at(3, 42).complete(interaction).getSessionId()).isNull();
    }

    @Test
    void shouldNameTheMessagesOfTheLongestIdWithinTheLimit() {
        var interaction = interaction(message("Hello"), message("Hi"));
        interaction.setInteractionId("i".repeat(InteractionLimits.MAX_ID_BYTES));

        assertThat(at(3, 42).complete(interaction).getMessages())
                .extracting(Message::getMessageId)
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(id).hasSizeLessThanOrEqualTo(InteractionLimits.MAX_ID_BYTES));
    }

    @Test
    void shouldKeepTheIdThatAReplayedRecordHadFirst() {
        var first = Ids.interaction("memory.interactions", 3, 7);
        var replayed = new InteractionDefaults("memory.interactions", 3, 42, 0, Optional.of(first));

        assertThat(replayed.complete(interaction(message("Hello"))).getInteractionId())
                .isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "i1", "1-1-1-1-1", "not a uuid at all"})
    void shouldPassOverAReplaysIdThatIsNone(String nonsense) {
        var replayed = new InteractionDefaults("memory.interactions", 3, 42, 0, Optional.of(nonsense));

        assertThat(replayed.complete(interaction(message("Hello"))).getInteractionId())
                .isEqualTo(ID);
    }

    @Test
    void shouldBearARecordWithoutATimeAndWithoutMessages() {
        var timeless = new InteractionDefaults("memory.interactions", 3, 42, -1, Optional.empty());

        assertThat(timeless.complete(interaction()).getOccurredAt()).isEqualTo(Instant.EPOCH);
    }

    private static InteractionDefaults at(int partition, long offset) {
        return new InteractionDefaults(
                "memory.interactions", partition, offset, APPENDED.toEpochMilli(), Optional.empty());
    }

    private static Interaction interaction(Message... messages) {
        return Interaction.newBuilder()
                .setUserId("ada")
                .setMessages(List.of(messages))
                .build();
    }

    private static Message message(String content) {
        return Message.newBuilder().setRole(Role.USER).setContent(content).build();
    }
}
