package io.memoryreflector.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final List<String> order = new ArrayList<>();
    private final Turns turns = new Turns(3, Duration.ZERO, new PrintStream(OutputStream.nullOutputStream()));

    @Test
    void shouldMeasureInTurnsAndLeaveTheFirstOut() throws Exception {
        // Given
        var ours = contender("ours", 1, 50, 80, 60);
        var reference = contender("reference", 1, 100, 100, 200);

        // When
        var result = turns.of(Figure.of("work", "pieces/s", ours, Comparison.with(new Goal.AtLeast(0.5), reference)));

        // Then
        assertThat(order)
                .containsExactly("ours", "reference", "ours", "reference", "ours", "reference", "ours", "reference");
        assertThat(result.values(ours).median()).isEqualTo(60);
        var ratios = result.ratios(result.figure().comparisons().get(0));
        assertThat(List.of(ratios.least(), ratios.median(), ratios.most())).containsExactly(0.3, 0.5, 0.8);
        assertThat(result.isReached()).isTrue();
    }

    @Test
    void shouldWarmUpUntilTwoRunsAreAlike() throws Exception {
        // Given
        var patient = new Turns(1, Duration.ofMinutes(1), new PrintStream(OutputStream.nullOutputStream()));
        var young = contender("young", 10, 50, 99, 100, 101);
        var warm = contender("warm", 200, 200, 202);

        // When
        var result = patient.of(Figure.of("work", "pieces/s", young, Comparison.with(new Goal.AtLeast(0.5), warm)));

        // Then
        assertThat(order).containsExactly("young", "young", "young", "young", "warm", "warm", "young", "warm");
        assertThat(result.values(young).median()).isEqualTo(101);
        assertThat(result.isReached()).isTrue();
    }

    @Test
    void shouldHoldOursAgainstTheSlowestOfSeveralReferences() throws Exception {
        // Given
        var ours = contender("ours", 60, 60, 60, 60);
        var comparison = new Comparison(
                new Goal.AtLeast(0.6),
                List.of(contender("fast", 500, 500, 500, 500), contender("slow", 100, 100, 100, 100)));

        // When
        var result = turns.of(Figure.of("work", "pieces/s", ours, comparison));

        // Then
        assertThat(result.ratios(comparison).median()).isEqualTo(0.6);
        assertThat(result.isReached(comparison)).isTrue();
    }

    @Test
    void shouldMissWhatOneOfSeveralComparisonsMisses() throws Exception {
        // Given
        var ours = contender("ours", 95, 95, 95, 95);

        // When
        var result = turns.of(new Figure(
                "work",
                "pieces/s",
                ours,
                List.of(
                        Comparison.with(new Goal.AtLeast(0.95), contender("ideal", 100, 100, 100, 100)),
                        Comparison.with(new Goal.AtLeast(1), contender("peer", 96, 96, 96, 96)))));

        // Then
        assertThat(result.isReached()).isFalse();
    }

    @Test
    void shouldJudgeTimesByTheirGoals() {
        assertThat(new Goal.AtMost(3).isReached(9, 3)).isTrue();
        assertThat(new Goal.AtMost(3).isReached(10, 3.3)).isFalse();
        assertThat(new Goal.Below(150, "ms").isReached(151, 1)).isFalse();
        assertThat(new Goal.Within(10, "ms").isReached(14, 2)).isTrue();
        assertThat(new Goal.Within(10, "ms").isReached(21, 2)).isFalse();
    }

    private Contender contender(String name, double... values) {
        var next = samples(values);
        return new Contender(name, () -> {
            order.add(name);
            return next.next();
        });
    }

    private static Iterator<Sample> samples(double... values) {
        var samples = new ArrayList<Sample>();
        for (var value : values) {
            samples.add(new Sample(value, Map.of()));
        }
        return samples.iterator();
    }
}
