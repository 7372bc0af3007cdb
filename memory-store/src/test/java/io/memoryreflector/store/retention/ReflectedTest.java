package io.memoryreflector.store.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.ReflectionState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReflectedTest {

    @ParameterizedTest
    @CsvSource({
        "COMPLETED, false, false, true",
        "PARTIAL, false, false, true",
        "FAILED, true, true, false",
        "SKIPPED, true, true, false",
        "QUEUED, true, true, false",
        "RETRYING, true, true, false",
        "UNKNOWN, true, true, false",
        ", false, false, false",
        ", true, false, true",
        ", false, true, true"
    })
    void shouldLetOnlyWhatIsReflectedGo(ReflectionState state, boolean cited, boolean outlived, boolean expected) {
        assertThat(Reflected.is(Optional.ofNullable(state), cited, outlived)).isEqualTo(expected);
    }

    @Test
    void shouldKeepForeverWhatHasNoTime() {
        var now = Instant.parse("2026-05-02T10:00:00Z");

        assertThat(Retention.before(Optional.empty(), now)).isEqualTo(Instant.EPOCH);
        assertThat(Retention.before(Optional.of(Duration.ofDays(36_500)), now)).isEqualTo(Instant.EPOCH);
        assertThat(Retention.before(Optional.of(Duration.ofDays(1)), now)).isEqualTo(now.minus(Duration.ofDays(1)));
    }
}
