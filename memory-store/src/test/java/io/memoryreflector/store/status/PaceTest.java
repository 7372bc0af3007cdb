package io.memoryreflector.store.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Instant NOW = Instant.parse("2026-05-02T10:00:00Z");

    @Test
    void shouldKnowNothingOfNothing() {
        var pace = new Pace(List.of());

        assertThat(pace.rate(NOW, Duration.ofMinutes(1))).isZero();
        assertThat(pace.most()).isZero();
        assertThat(pace.quantile(0.5)).isEmpty();
    }

    @Test
    void shouldCountWhatEndedWithinTheTime() {
        var pace = new Pace(List.of(end(1, 0), end(30, 0), end(61, 0)));

        assertThat(pace.rate(NOW, Duration.ofMinutes(1))).isEqualTo(2 / 60.0);
    }

    @Test
    void shouldTakeTheTimeThatTheKnownOnesTookWhereAllAreYounger() {
        var pace = new Pace(
                IntStream.range(0, 1_000).mapToObj(n -> end(n / 100.0, 0)).toList());

        assertThat(pace.rate(NOW, Duration.ofMinutes(1))).isBetween(100.0, 101.0);
        assertThat(new Pace(List.of(end(0.001, 0))).rate(NOW, Duration.ofMinutes(1)))
                .isEqualTo(1.0);
    }

    @Test
    void shouldFindTheFastestSecond() {
        var pace = new Pace(List.of(end(1, 0), end(10, 0), end(10.4, 0), end(10.8, 0), end(11.1, 0), end(20, 0)));

        assertThat(pace.most()).isEqualTo(3);
    }

    @Test
    void shouldFindQuantiles() {
        var pace = new Pace(List.of(end(1, 40), end(2, 10), end(3, 30), end(4, 20), end(5, 50)));

        assertThat(pace.quantile(0.5)).contains(Duration.ofMillis(30));
        assertThat(pace.quantile(1)).contains(Duration.ofMillis(50));
    }

    private static Pace.End end(double secondsAgo, long took) {
        return new Pace.End(NOW.minusMillis((long) (secondsAgo * 1e3)), Duration.ofMillis(took));
    }
}
