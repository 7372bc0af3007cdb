package io.memoryreflector.ingest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RatesTest {

    private static final Instant BEGIN = Instant.parse("2026-05-02T10:00:00Z");

    private final Rates rates = new Rates(Duration.ofSeconds(10));

    @Test
    void shouldKnowNoRateOfOneCount() {
        count(0, 100);

        assertThat(rates.areKnown()).isFalse();
        assertThat(rates.perSecond("n")).isEmpty();
    }

    @Test
    void shouldTakeTheRateOverTheWindowAlone() {
        count(0, 0);
        count(1, 1_000);
        for (var second = 2; second <= 20; second++) {
            count(second, 1_000 + 5 * (second - 1));
        }

        assertThat(rates.perSecond("n")).hasValue(5);
    }

    @Test
    void shouldCountFromZeroWhereAReflectorStartedAnew() {
        count(0, 1_000);
        count(1, 1_010);
        count(2, 4);

        assertThat(rates.perSecond("n")).hasValue(7);
    }

    @Test
    void shouldForgetWhatWasSeenBeforeALongPause() {
        count(0, 0);
        count(1, 100);
        count(600, 100);

        assertThat(rates.perSecond("n")).as("nothing to compare with").isEmpty();

        count(601, 103);

        assertThat(rates.perSecond("n")).hasValue(3);
    }

    @Test
    void shouldLeaveOutCountersThatWereNotReadThatTime() {
        rates.counted(BEGIN, Map.of("other", 1.0));
        count(1, 10);
        count(2, 12);

        assertThat(rates.perSecond("n")).hasValue(2);
        assertThat(rates.perSecond("unknown")).isEmpty();
    }

    private void count(int second, double value) {
        rates.counted(BEGIN.plusSeconds(second), Map.of("n", value));
    }
}
