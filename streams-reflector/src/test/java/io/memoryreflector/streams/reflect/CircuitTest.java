package io.memoryreflector.streams.reflect;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.Fact;
import io.memoryreflector.events.Tier;
import io.memoryreflector.reflection.Reflection;
import io.memoryreflector.reflection.ReflectionFailure;
import io.memoryreflector.streams.MovedClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CircuitTest {

    private static final Duration OPEN_FOR = Duration.ofSeconds(30);
    private static final Reflection<Fact> ANSWER = new Reflection.Reflected<>(List.of());
    private static final Reflection<Fact> FAILURE =
            new Reflection.Failed<>(ReflectionFailure.of(new IOException("connection reset")));

    private final MovedClock clock = new MovedClock(Instant.parse("2026-05-02T10:00:00Z"));
    private final Circuit circuit = new Circuit(Tier.SEMANTIC, OPEN_FOR, clock);

    @Test
    void shouldStayClosedWhereTheFewCallsThatFailAreTheFirstToEnd() {
        var calls = begin(500);

        end(calls, i -> i % 5 == 0, FAILURE);
        assertThat(circuit.isClosed()).isTrue();
        end(calls, i -> i % 5 != 0, ANSWER);
        assertThat(circuit.isClosed()).isTrue();
    }

    @Test
    void shouldOpenOnceCallsFailThatBeganOneAfterTheOther() {
        end(begin(6), i -> true, FAILURE);

        assertThat(circuit.isClosed()).isFalse();
        assertThat(circuit.begin()).isEmpty();
    }

    @Test
    void shouldOpenOnceTheCallThatHangsIsTimedOut() {
        var calls = begin(10);

        end(calls, i -> i > 0, FAILURE);
        assertThat(circuit.isClosed()).isTrue();
        end(calls, i -> i == 0, FAILURE);
        assertThat(circuit.isClosed()).isFalse();
    }

    @Test
    void shouldCloseByItsTrialsWhateverBecomesOfCallsFromBefore() {
        var before = begin(10);
        end(before, i -> i < 6, FAILURE);
        clock.move(OPEN_FOR.plusSeconds(1));

        var trials = begin(3);
        assertThat(circuit.begin()).isEmpty();
        end(before, i -> i >= 6, FAILURE);
        end(trials, i -> true, ANSWER);
        assertThat(circuit.isClosed()).isTrue();
    }

    @Test
    void shouldNotWaitForACallThatIsNotMade() {
        var calls = begin(7);

        calls.get(0).release();
        end(calls, i -> i > 0, FAILURE);
        assertThat(circuit.isClosed()).isFalse();
    }

    private List<Circuit.Call> begin(int calls) {
        return IntStream.range(0, calls)
                .mapToObj(i -> circuit.begin().orElseThrow())
                .toList();
    }

    private static void end(List<Circuit.Call> calls, IntPredicate which, Reflection<Fact> how) {
        IntStream.range(0, calls.size()).filter(which).forEach(i -> calls.get(i).ended(how, Duration.ofMillis(5)));
    }
}
