package io.memoryreflector.store.status;

import static io.memoryreflector.store.Samples.episode;
import static io.memoryreflector.store.Samples.interaction;
import static io.memoryreflector.store.Samples.minute;
import static io.memoryreflector.store.Samples.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.Samples;
import io.memoryreflector.store.Stores;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusBoardIT {

    private static final Duration RETENTION = Duration.ofHours(2);

    private final UserKey user = Stores.newUser();
    private final String id = UUID.randomUUID().toString();
    private Instant now = Samples.START;
    private final InstantSource clock = () -> now;
    private final StatusBoard board = new StatusBoard(Stores.redis(), Stores.longTerm(), RETENTION, clock);

    @Test
    void shouldAskForARetryUntilTheLogIsKnownToHaveIt() {
        var interaction = interaction(user, id, minute(0), "hello");

        assertThat(board.accept(interaction)).isEqualTo(Acceptance.NEW);
        assertThat(board.accept(interaction)).isEqualTo(Acceptance.NEW);
        assertThat(board.user(user).pending()).isOne();
        board.received(List.of(interaction));
        board.received(List.of(interaction));

        assertThat(board.accept(interaction)).isEqualTo(Acceptance.DUPLICATE);
        assertThat(board.user(user).received()).isOne();
        assertThat(board.user(user).pending()).isOne();
        assertThat(board.user(user).lastInteractionAt()).contains(minute(0));
    }

    @Test
    void shouldRefuseTheIdOfAnotherUser() {
        var other = Stores.newUser();
        board.accept(interaction(user, id, minute(0), "mine"));

        assertThat(board.accept(interaction(other, id, minute(0), "yours"))).isEqualTo(Acceptance.FOREIGN);

        assertThat(board.user(other).pending()).isZero();
        assertThat(board.find(id))
                .hasValueSatisfying(found -> assertThat(found.user()).isEqualTo(user));
    }

    @Test
    void shouldForgetWhatTheLogRefusedAndNothingElse() {
        var interaction = interaction(user, id, minute(0), "hello");
        board.accept(interaction);

        board.withdraw(user, id);

        assertThat(board.user(user).pending()).isZero();
        assertThat(board.find(id)).isEmpty();
        board.accept(interaction);
        board.received(List.of(interaction));
        board.withdraw(user, id);
        assertThat(board.user(user).pending()).isOne();
        assertThat(board.find(id)).isPresent();
    }

    @Test
    void shouldStopCountingAnAcceptedInteractionThatNeverReachedTheLog() {
        board.accept(interaction(user, id, minute(0), "lost"));
        Stores.redis().del("mr:interaction:" + id);
        assertThat(board.user(user).pending()).isOne();

        now = now.plus(Duration.ofMinutes(61));

        assertThat(board.user(user).pending()).isZero();
    }

    @Test
    void shouldLetAnAcceptedInteractionExpireWithinTheHour() {
        board.accept(interaction(user, id, minute(0), "hello"));
        assertThat(Stores.redis().pttl("mr:interaction:" + id))
                .isBetween(1L, Duration.ofHours(1).toMillis());

        board.received(List.of(interaction(user, id, minute(0), "hello")));
        assertThat(Stores.redis().pttl("mr:interaction:" + id))
                .isBetween(Duration.ofHours(1).toMillis() + 1, RETENTION.toMillis());
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "PARTIAL", "FAILED"})
    void shouldStayPendingUntilTheGraphHasTheMemories(ReflectionState state) {
        var episode = episode(user, id, minute(0), "Ada moved to Lisbon");
        board.received(List.of(interaction(user, id, minute(0), "I moved")));
        board.apply(List.of(status(user, id, 1, state, List.of(episode.getMemoryId()))));

        assertThat(board.user(user).pending()).isOne();
        assertThat(counts(board.user(user))).containsExactly(0L, 0L, 0L);
        assertThat(board.find(id).orElseThrow().state()).isEqualTo(ReflectionState.QUEUED);

        Stores.longTerm().apply(List.of(episode));

        assertThat(board.find(id).orElseThrow().state()).isEqualTo(state);
        assertThat(board.user(user).pending()).isZero();
        assertThat(counts(board.user(user)))
                .containsExactly(
                        state == ReflectionState.COMPLETED ? 1L : 0L,
                        state == ReflectionState.PARTIAL ? 1L : 0L,
                        state == ReflectionState.FAILED ? 1L : 0L);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldEndTheSameWhateverIsRepeatedAndInWhateverOrder(long seed) {
        var revisions = new ArrayList<ReflectionStatus>(List.of(
                status(user, id, 1, ReflectionState.QUEUED, List.of()),
                status(user, id, 2, ReflectionState.RETRYING, List.of()),
                status(user, id, 3, ReflectionState.PARTIAL, List.of()),
                status(user, id, 4, ReflectionState.COMPLETED, List.of())));
        revisions.addAll(List.copyOf(revisions));
        Collections.shuffle(revisions, new Random(seed));

        revisions.forEach(status -> board.apply(List.of(status)));
        board.received(List.of(interaction(user, id, minute(0), "hello")));
        board.apply(revisions);

        assertThat(board.find(id).orElseThrow().state()).isEqualTo(ReflectionState.COMPLETED);
        var counted = board.user(user);
        assertThat(counted.received()).isOne();
        assertThat(counts(counted)).containsExactly(1L, 0L, 0L);
        assertThat(counted.pending()).isZero();
    }

    @Test
    void shouldCountAReplayedInteractionWhereItIsNow() {
        board.apply(List.of(status(user, id, 1, ReflectionState.FAILED, List.of())));
        assertThat(counts(board.user(user))).containsExactly(0L, 0L, 1L);

        board.apply(List.of(status(user, id, 2, ReflectionState.RETRYING, List.of())));
        assertThat(counts(board.user(user))).containsExactly(0L, 0L, 0L);
        assertThat(board.user(user).pending()).isOne();

        board.apply(List.of(status(user, id, 3, ReflectionState.COMPLETED, List.of())));
        assertThat(counts(board.user(user))).containsExactly(1L, 0L, 0L);
        assertThat(board.user(user).pending()).isZero();
    }

    @Test
    void shouldConfirmMoreInteractionsThanItAsksAboutAtOnce() {
        var statuses = new ArrayList<ReflectionStatus>();
        for (int n = 0; n < 1_200; n++) {
            statuses.add(status(user, id + n, 1, ReflectionState.COMPLETED, List.of()));
        }

        board.apply(statuses);

        assertThat(board.user(user).pending()).isZero();
        assertThat(board.user(user).completed()).isEqualTo(1_200);
    }

    @Test
    void shouldKnowNothingOfAStranger() {
        assertThat(board.find(id)).isEmpty();
        assertThat(board.user(user)).isEqualTo(new UserStatus(0, 0, 0, 0, 0, 0, Optional.empty()));
    }

    private static List<Long> counts(UserStatus status) {
        return List.of(status.completed(), status.partial(), status.failed());
    }

    @Test
    void shouldNotConfirmARevisionThatNobodyAskedAbout() {
        var memoryId = "later-" + id;
        var boards = new StatusBoard[1];
        AppliedMemories arriving = ids -> {
            // While revision 1 is being asked about, revision 2 names a memory that the graph does not have.
            boards[0].apply(List.of(status(user, id, 2, ReflectionState.COMPLETED, List.of(memoryId))));
            return Stores.longTerm().missing(ids);
        };
        boards[0] = new StatusBoard(Stores.redis(), arriving, RETENTION, clock);
        boards[0].apply(List.of(status(user, id, 1, ReflectionState.PARTIAL, List.of())));

        assertThat(boards[0].user(user).pending()).isOne();
        assertThat(board.user(user).pending()).isOne();
        assertThat(board.find(id).orElseThrow().state()).isEqualTo(ReflectionState.QUEUED);
    }

    @Test
    void shouldCountAsCompletedOnlyWhatIsRecallableHoweverMuchWaits() {
        var statuses = new ArrayList<ReflectionStatus>();
        for (int n = 0; n < 1_200; n++) {
            statuses.add(status(user, id + n, 1, ReflectionState.COMPLETED, List.of("never-" + id + n)));
        }

        board.apply(statuses);

        assertThat(board.user(user).pending()).isEqualTo(1_200);
        assertThat(board.user(user).completed()).isZero();
    }
}
