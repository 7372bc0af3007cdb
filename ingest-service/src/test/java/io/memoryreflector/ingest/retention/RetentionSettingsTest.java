package io.memoryreflector.ingest.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import io.memoryreflector.store.retention.Retention;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionSettingsTest {

    @Test
    void shouldKeepWhatWasSaidForAMonthSessionsForAYearAndMemoriesForever() {
        var settings = RetentionSettings.from(new Environment(Map.of()));

        assertThat(settings.of("any")).isEqualTo(days(30, 365, 0));
        assertThat(settings.every()).contains(Duration.ofHours(1));
    }

    @Test
    void shouldTakeOtherTimesForAllAndForSome() {
        var settings = RetentionSettings.from(new Environment(Map.of(
                "RETENTION_INTERACTIONS", "7d",
                "RETENTION_MEMORIES", "730d",
                "RETENTION_NAMESPACES", "acme:interactions=Forever, acme:memories=36500d,b-1:sessions=24h",
                "RETENTION_EVERY", "OFF")));

        assertThat(settings.of("any")).isEqualTo(days(7, 365, 730));
        assertThat(settings.of("acme")).isEqualTo(days(0, 365, 36_500));
        assertThat(settings.of("b-1")).isEqualTo(days(7, 1, 730));
        assertThat(settings.every()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "RETENTION_INTERACTIONS, 30",
        "RETENTION_INTERACTIONS, soon",
        "RETENTION_INTERACTIONS, -1d",
        "RETENTION_SESSIONS, 59m",
        "RETENTION_SESSIONS, 36501d",
        "RETENTION_MEMORIES, 9999999999999999d",
        "RETENTION_MEMORIES, never",
        "RETENTION_EVERY, 0s",
        "RETENTION_EVERY, 10ms",
        "RETENTION_EVERY, sometimes",
        "RETENTION_NAMESPACES, acme",
        "RETENTION_NAMESPACES, acme=7d",
        "RETENTION_NAMESPACES, acme:interactions",
        "RETENTION_NAMESPACES, acme:facts=7d",
        "RETENTION_NAMESPACES, Acme:memories=7d",
        "RETENTION_NAMESPACES, acme:memories=7",
        "RETENTION_NAMESPACES, a/b:memories=7d"
    })
    void shouldNameTheVariableWhatItGotAndWhatItTakes(String variable, String value) {
        var environment = new Environment(Map.of(variable, value));

        assertThatThrownBy(() -> RetentionSettings.from(environment))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageStartingWith(variable + ": got '" + value + "', takes ");
    }

    @ParameterizedTest
    @CsvSource({
        "'acme:memories=7d,', ''",
        "'acme:memories=7d,,b:memories=7d', ''",
        "'acme:memories=7d,acme:memories=8d', acme:memories=8d"
    })
    void shouldQuoteThePartThatIsWrong(String value, String part) {
        var environment = new Environment(Map.of("RETENTION_NAMESPACES", value));

        assertThatThrownBy(() -> RetentionSettings.from(environment))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageStartingWith("RETENTION_NAMESPACES: got '" + part + "', takes ");
    }

    /** 0 is forever. */
    private static Retention days(int interactions, int sessions, int memories) {
        return new Retention(time(interactions), time(sessions), time(memories));
    }

    private static Optional<Duration> time(int days) {
        return days == 0 ? Optional.empty() : Optional.of(Duration.ofDays(days));
    }
}
