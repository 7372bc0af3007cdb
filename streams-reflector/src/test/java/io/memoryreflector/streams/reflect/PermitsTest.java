package io.memoryreflector.streams.reflect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PermitsTest {

    @Test
    void shouldKeepAPermitForEachTiersUrgentTasks() {
        var permits = new Permits(64);
        var lane = permits.lane().stage();
        var other = permits.lane().stage();
        var third = permits.lane().stage();
        while (lane.tryAcquire(false).isPresent()
                || other.tryAcquire(false).isPresent()
                || third.tryAcquire(false).isPresent()) {
            // All that are for everybody.
        }
        assertThat(permits.taken()).isEqualTo(61);

        var urgent = lane.tryAcquire(true).orElseThrow();
        assertThat(urgent.isUrgent()).isTrue();
        assertThat(other.tryAcquire(true)).isPresent();
        assertThat(third.tryAcquire(true)).isPresent();
        assertThat(lane.tryAcquire(true)).isEmpty();
        urgent.release();
        assertThat(permits.taken()).isEqualTo(63);
    }

    @Test
    void shouldLeaveTheNextPermitToWorkBesideTheLanesThatAsksInVainAndNotForLong() {
        var now = new AtomicLong(1);
        var permits = new Permits(2, now::get);
        var lane = permits.lane().stage();
        var beside = permits.beside();
        var first = lane.tryAcquire(false).orElseThrow();
        var second = lane.tryAcquire(false).orElseThrow();
        assertThat(beside.tryAcquire()).isEmpty();

        first.release();
        assertThat(lane.tryAcquire(false)).isEmpty();
        var granted = beside.tryAcquire().orElseThrow();
        assertThat(beside.tryAcquire()).isEmpty();
        second.release();
        var third = lane.tryAcquire(false).orElseThrow();

        granted.release();
        lane.tryAcquire(false).orElseThrow();
        assertThat(beside.tryAcquire()).isEmpty();
        third.release();
        assertThat(lane.tryAcquire(false)).isEmpty();
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(lane.tryAcquire(false)).isPresent();
    }

    @Test
    void shouldLeaveWhatComesFreeToUrgentTasksThatWaitButForOneInEight() {
        var permits = new Permits(64, new AtomicLong(1)::get);
        var lane = permits.lane().stage();
        var other = permits.lane().stage();
        var ordinary = new ArrayDeque<Permits.Permit>();
        for (var permit = other.tryAcquire(false); permit.isPresent(); permit = other.tryAcquire(false)) {
            ordinary.add(permit.get());
        }
        for (var permit = lane.tryAcquire(true); permit.isPresent(); permit = lane.tryAcquire(true)) {
            // All that are kept for urgent tasks.
        }

        for (int turn = 0; turn < 2; turn++) {
            for (int urgent = 0; urgent < 7; urgent++) {
                assertThat(lane.tryAcquire(true)).isEmpty();
                ordinary.remove().release();
                assertThat(other.tryAcquire(false)).isEmpty();
                assertThat(lane.tryAcquire(true)).isPresent();
            }
            assertThat(lane.tryAcquire(true)).isEmpty();
            ordinary.remove().release();
            assertThat(other.tryAcquire(false)).isPresent();
        }
    }

    @Test
    void shouldNotWaitForUrgentTasksThatAskNoMore() {
        var now = new AtomicLong(1);
        var permits = new Permits(2, now::get);
        var lane = permits.lane().stage();
        var first = lane.tryAcquire(false).orElseThrow();
        lane.tryAcquire(false).orElseThrow();
        assertThat(lane.tryAcquire(true)).isEmpty();
        first.release();
        assertThat(lane.tryAcquire(false)).isEmpty();

        now.addAndGet(Duration.ofSeconds(1).toNanos());

        assertThat(lane.tryAcquire(false)).isPresent();
    }

    @Test
    void shouldKeepWorkBesideTheLanesSmall() {
        var beside = new Permits(64).beside();

        assertThat(beside.tryAcquire()).isPresent();
        assertThat(beside.tryAcquire()).isPresent();
        assertThat(beside.tryAcquire()).isEmpty();
        assertThat(beside.inFlight()).isEqualTo(2);
    }

    @Test
    void shouldLeaveSomeToTheOtherLanes() {
        var permits = new Permits(512);
        var slow = permits.lane().stage();
        while (slow.tryAcquire(false).isPresent()) {
            // All that one lane may have.
        }

        assertThat(permits.lane().stage().tryAcquire(false)).isPresent();
    }

    @Test
    void shouldGiveAllToWhoAsksWhereThereAreFew() {
        var permits = new Permits(2);
        var lane = permits.lane().stage();

        var first = lane.tryAcquire(false).orElseThrow();
        assertThat(lane.tryAcquire(false)).isPresent();
        assertThat(lane.tryAcquire(true)).isEmpty();
        first.release();
        assertThat(lane.tryAcquire(true)).isPresent();
    }

    @Test
    void shouldLetTheNextCallBeginWhenTheProviderHasAnswered() {
        var permits = new Permits(1);
        var lane = permits.lane();
        var stage = lane.stage();
        var first = stage.tryAcquire(false).orElseThrow();

        first.answered();
        first.answered();
        assertThat(lane.inFlight()).isZero();

        var second = stage.tryAcquire(false).orElseThrow();
        second.answered();
        assertThat(lane.inFlight()).as("an answer is still worked on").isEqualTo(1);

        first.release();
        first.release();
        second.answered();
        assertThat(lane.inFlight()).isZero();
        second.release();
        second.answered();
        assertThat(permits.taken()).isZero();
        assertThat(stage.tryAcquire(false)).isPresent();
        assertThat(stage.tryAcquire(false)).isEmpty();
    }

    @Test
    void shouldServeThoseWhoAskLastInAFixedOrderAsOftenAsTheFirst() {
        var now = new AtomicLong(1);
        var permits = new Permits(2, now::get);
        var stages =
                Stream.generate(permits::lane).limit(3).map(Permits.Lane::stage).toList();
        var served = new int[stages.size()];
        var taken = new ArrayDeque<Permits.Permit>();

        for (var tick = 0; tick < 300; tick++) {
            now.addAndGet(Duration.ofMillis(10).toNanos());
            if (taken.size() == 2) {
                taken.remove().release();
            }
            for (var i = 0; i < stages.size(); i++) {
                var permit = stages.get(i).tryAcquire(false);
                served[i] += permit.isPresent() ? 1 : 0;
                permit.ifPresent(taken::add);
            }
        }

        assertThat(served).satisfies(counts -> Arrays.stream(counts)
                .forEach(count -> assertThat(count).isBetween(90, 110)));
    }

    @Test
    void shouldNotWaitForWhoAsksNoMore() {
        var now = new AtomicLong(1);
        var permits = new Permits(1, now::get);
        var gone = permits.lane().stage();
        var here = permits.lane().stage();
        var first = here.tryAcquire(false).orElseThrow();
        assertThat(gone.tryAcquire(false)).isEmpty();
        first.release();
        assertThat(here.tryAcquire(false)).isEmpty();

        now.addAndGet(Duration.ofSeconds(1).toNanos());

        assertThat(here.tryAcquire(false)).isPresent();
    }
}
