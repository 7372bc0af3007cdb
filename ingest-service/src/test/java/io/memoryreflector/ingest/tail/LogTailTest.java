package io.memoryreflector.ingest.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.Role;
import io.memoryreflector.schemas.UserKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogTailTest {

    private static final Instant AT = Instant.parse("2026-05-02T10:00:00Z");
    private static final UserKey ADA = new UserKey("default", "ada");

    private final LogTail tail = new LogTail();

    @Test
    void shouldKeepTheLastOfEachUser() {
        IntStream.range(0, 60).forEach(i -> tail.took(interaction(ADA, "i" + i, i, "s")));
        tail.took(interaction(new UserKey("other", "ada"), "x", 0, "s"));

        assertThat(tail.of(ADA)).hasSize(50);
        assertThat(tail.of(ADA).get(0).getInteractionId()).isEqualTo("i10");
        assertThat(tail.of(ADA).get(49).getInteractionId()).isEqualTo("i59");
        assertThat(tail.of(new UserKey("other", "ada"))).hasSize(1);
        assertThat(tail.of(new UserKey("default", "bob"))).isEmpty();
    }

    @Test
    void shouldForgetWhatIsMeant() {
        tail.took(interaction(ADA, "i", 0, "s"));
        tail.took(interaction(ADA, "j", 0, "s"));

        tail.forget(ADA, turn -> turn.getInteractionId().equals("i"));

        assertThat(tail.of(ADA)).extracting(Interaction::getInteractionId).containsExactly("j");
    }

    @Test
    void shouldTakeTheLastTurnsOfASession() {
        var turns =
                List.of(interaction(ADA, "a", 1, "s"), interaction(ADA, "b", 2, null), interaction(ADA, "c", 3, "s"));

        assertThat(RecentTurns.last(turns, Optional.empty(), 2))
                .extracting(Interaction::getInteractionId)
                .containsExactly("b", "c");
        assertThat(RecentTurns.last(turns, Optional.of("s"), 10))
                .extracting(Interaction::getInteractionId)
                .containsExactly("a", "c");
    }

    @Test
    void shouldMakeAMemoryOfEachMessageUnderAnIdThatNobodyElseHas() {
        var memories = RecentTurns.asMemories(List.of(interaction(ADA, "a", 1, "s"), interaction(ADA, "b", 2, null)));

        assertThat(memories).extracting(memory -> memory.text()).containsExactly("said in a", "said in b");
        assertThat(memories).extracting(memory -> memory.memoryId()).doesNotHaveDuplicates();
        assertThat(memories.get(0).sources()).singleElement().satisfies(source -> assertThat(source.getMessageId())
                .isEqualTo("a:0"));
    }

    private static Interaction interaction(UserKey user, String id, int minute, String session) {
        var at = AT.plusSeconds(60L * minute);
        return Interaction.newBuilder()
                .setInteractionId(id)
                .setNamespace(user.namespace())
                .setUserId(user.userId())
                .setSessionId(session)
                .setOccurredAt(at)
                .setMessages(List.of(Message.newBuilder()
                        .setMessageId(id + ":0")
                        .setRole(Role.USER)
                        .setContent("said in " + id)
                        .setSentAt(at)
                        .build()))
                .build();
    }
}
