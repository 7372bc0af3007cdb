package io.memoryreflector.ingest.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.Tier;
import io.memoryreflector.schemas.UserKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterIndexTest {

    private static final Instant START = Instant.parse("2026-05-02T10:00:00Z");

    private final Set<String> forgotten = new HashSet<>();
    private final DeadLetterIndex index = new DeadLetterIndex(100, heading -> forgotten.contains(heading.id()));

    @Test
    void shouldBeParkedUntilSomethingIsDone() {
        index.parked(heading("a", 0, 1, 0));
        assertThat(state("a")).isEqualTo(LetterState.PARKED);

        index.acted("a", action(LetterState.REPLAYED, "job", 0, 1));
        assertThat(state("a")).isEqualTo(LetterState.REPLAYED);

        index.acted("a", action(LetterState.DISCARDED, "job2", 0, 1));
        assertThat(state("a")).isEqualTo(LetterState.DISCARDED);
        assertThat(index.find("a").orElseThrow().actions()).hasSize(2);
    }

    @Test
    void shouldBeParkedAgainOnceItHasComeBack() {
        index.parked(heading("a", 0, 1, 0));
        index.acted("a", action(LetterState.REPLAYED, "job", 0, 1));

        index.parked(heading("a", 0, 9, 5));

        var entry = index.find("a").orElseThrow();
        assertThat(entry.state()).isEqualTo(LetterState.PARKED);
        assertThat(entry.timesParked()).isEqualTo(2);
        assertThat(entry.place().offset()).isEqualTo(9);
        assertThat(entry.earlier()).extracting(Failure::message).containsExactly("parked at 0");
        assertThat(entry.firstFailureAt()).isEqualTo(START);
        assertThat(page(LetterState.PARKED).entries()).hasSize(1);
        // What was done to the letter of before is told late.
        index.acted("a", action(LetterState.DISCARDED, "job2", 0, 1));
        assertThat(state("a")).isEqualTo(LetterState.PARKED);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldEndTheSameInWhateverOrderItIsTold(long seed) {
        var told = new ArrayList<Runnable>(List.of(
                () -> index.parked(heading("a", 0, 1, 0)),
                () -> index.parked(heading("a", 3, 0, 7)),
                () -> index.parked(heading("b", 1, 1, 1)),
                () -> index.acted("a", action(LetterState.REPLAYED, "job", 0, 1)),
                () -> index.acted("b", action(LetterState.DISCARDED, "job", 1, 1))));
        Collections.shuffle(told, new Random(seed));

        told.forEach(Runnable::run);

        assertThat(state("a")).isEqualTo(LetterState.PARKED);
        assertThat(index.find("a").orElseThrow().place().partition()).isEqualTo(3);
        assertThat(index.find("a").orElseThrow().timesParked()).isEqualTo(2);
        assertThat(index.find("a").orElseThrow().actions()).hasSize(1);
        assertThat(state("b")).isEqualTo(LetterState.DISCARDED);
    }

    @Test
    void shouldCountADeedOnceHoweverOftenItIsTold() {
        index.parked(heading("a", 0, 1, 0));

        index.acted("a", action(LetterState.REPLAYED, "job", 0, 1));
        index.acted("a", action(LetterState.REPLAYED, "job", 0, 1));

        assertThat(index.find("a").orElseThrow().actions()).hasSize(1);
    }

    @Test
    void shouldKeepTheNewestAndSayHowManyItLeavesOut() {
        var small = new DeadLetterIndex(3, heading -> false);
        for (var n = 9; n >= 0; n--) {
            small.parked(heading("l" + n, 0, n, n));
        }

        assertThat(small.page(filter(LetterState.PARKED), 10, Optional.empty()).entries())
                .extracting(Entry::id)
                .containsExactly("l9", "l8", "l7");
        assertThat(small.leftOut()).isEqualTo(7);
        assertThat(small.find("l0")).isEmpty();
    }

    @Test
    void shouldPageNewestFirstAndSelectOldestFirst() {
        for (var n = 0; n < 10; n++) {
            // All at the same moment: the place tells them apart.
            index.parked(heading("l" + n, n % 2, n, 0));
        }

        var first = index.page(filter(LetterState.PARKED), 4, Optional.empty());
        var second = index.page(filter(LetterState.PARKED), 4, first.next());
        var third = index.page(filter(LetterState.PARKED), 4, second.next());

        var seen = new ArrayList<>(first.entries());
        seen.addAll(second.entries());
        seen.addAll(third.entries());
        assertThat(third.next()).isEmpty();
        assertThat(first.total()).isEqualTo(10);
        Collections.reverse(seen);
        assertThat(seen).isEqualTo(index.matching(filter(LetterState.PARKED))).hasSize(10);
    }

    @Test
    void shouldNotOfferAPageThatIsEmpty() {
        index.parked(heading("a", 0, 1, 0));
        index.parked(heading("b", 0, 2, 0));

        assertThat(index.page(filter(LetterState.PARKED), 2, Optional.empty()).next())
                .isEmpty();
    }

    @Test
    void shouldLetOneJobHaveALetterAtATimeAndOnlyAsItWasSelected() {
        index.parked(heading("a", 0, 1, 0));
        var selected = index.find("a").orElseThrow();
        var claims = new Claims(index);
        var parked = java.util.EnumSet.of(LetterState.PARKED);

        assertThat(claims.take(selected, parked)).isTrue();
        assertThat(claims.take(selected, parked)).isFalse();
        claims.release("a");
        assertThat(claims.take(selected, parked)).isTrue();
        claims.release("a");
        index.acted("a", action(LetterState.REPLAYED, "job", 0, 1));
        assertThat(claims.take(selected, parked)).isFalse();
        index.parked(heading("a", 0, 2, 1));
        assertThat(claims.take(selected, parked)).isFalse();
        assertThat(claims.take(index.find("a").orElseThrow(), parked)).isTrue();
    }

    @Test
    void shouldReadItsOwnCursors() {
        var place = new Place(7, 123_456_789_012L, START);

        assertThat(Cursor.parse(Cursor.of(place))).isEqualTo(place);
    }

    @Test
    void shouldLeaveOutWhatIsForgottenBeforeAndAfterItIsRead() {
        index.parked(heading("a", 0, 1, 1));
        index.parked(heading("b", 0, 2, 2));
        var selected = index.find("a").orElseThrow();
        forgotten.addAll(Set.of("a", "c"));

        index.forget(new UserKey("default", "bob"));
        assertThat(index.find("a")).isPresent();
        index.forget(new UserKey("default", "ada"));
        index.parked(heading("c", 0, 3, 3));

        assertThat(page(LetterState.PARKED).entries()).extracting(Entry::id).containsExactly("b");
        assertThat(new Claims(index).take(selected, Set.of(LetterState.PARKED))).isFalse();
    }

    private LetterState state(String id) {
        return index.find(id).orElseThrow().state();
    }

    private DeadLetterIndex.Page page(LetterState state) {
        return index.page(filter(state), 10, Optional.empty());
    }

    private static Heading heading(String id, int partition, long offset, int seconds) {
        var at = START.plusSeconds(seconds);
        return new Heading(
                id,
                new Place(partition, offset, at),
                new SourceRecord("reflector.tasks.semantic", 0, 0),
                new Subject(Tier.SEMANTIC, "default", "ada", "i"),
                new Failure("exhausted", "transient", "E", "parked at " + seconds, 4, at, at),
                "streams-reflector",
                Handover.UNKNOWN);
    }

    private static Action action(LetterState state, String job, int partition, long offset) {
        return new Action(state, job, partition, offset, false, START, null);
    }

    private static LetterFilter filter(LetterState state) {
        return new LetterFilter(
                state,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
