package io.memoryreflector.connect.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2026-05-02T10:00:00Z,2026-05-02T10:00:00Z",
        "2026-05-02T12:00:00+02:00,2026-05-02T10:00:00Z",
        "2026-05-02T10:00:00,2026-05-02T10:00:00Z",
        "2026-05-02T10:00:00.123456,2026-05-02T10:00:00.123456Z",
        "2026-05-02 10:00:00.5,2026-05-02T10:00:00.5Z"
    })
    void shouldReadWhatProducersWriteAndTakeUtcWhereTheySayNothing(String text, String expected) {
        assertThat(JobTime.parse(text)).contains(Instant.parse(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-05-02", "2026-13-02T10:00:00", "1777716000", " "})
    void shouldNotGuess(String text) {
        assertThat(JobTime.parse(text)).isEmpty();
    }

    @Test
    void shouldTakeNoEmptyText() {
        assertThat(JobTime.parse("")).isEmpty();
    }
}
