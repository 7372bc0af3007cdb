package io.memoryreflector.schemas.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {

    @Test
    void shouldReadDurationsInEveryUnit() {
        var environment = new Environment(Map.of("A", "500ms", "B", "30", "C", "5m", "D", "PT2H", "E", "1d"));
        assertThat(environment.duration("A", Duration.ZERO)).isEqualTo(Duration.ofMillis(500));
        assertThat(environment.duration("B", Duration.ZERO)).isEqualTo(Duration.ofSeconds(30));
        assertThat(environment.duration("C", Duration.ZERO)).isEqualTo(Duration.ofMinutes(5));
        assertThat(environment.duration("D", Duration.ZERO)).isEqualTo(Duration.ofHours(2));
        assertThat(environment.duration("E", Duration.ZERO)).isEqualTo(Duration.ofDays(1));
        assertThat(environment.duration("F", Duration.ofSeconds(7))).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void shouldNameTheVariableWhatItGotAndWhatItTakes() {
        var environment = new Environment(Map.of("REFLECTION_WORKERS", "many", "REFLECTION_TIMEOUT", "soon"));
        assertThatThrownBy(() -> environment.integer("REFLECTION_WORKERS", 1, 1, 10))
                .hasMessage("REFLECTION_WORKERS: got 'many', takes a whole number from 1 to 10");
        assertThatThrownBy(() -> environment.duration("REFLECTION_TIMEOUT", Duration.ZERO))
                .hasMessage("REFLECTION_TIMEOUT: got 'soon', takes a duration such as 500ms, 30s, 5m or 12h");
    }

    @Test
    void shouldPassKafkasOwnSettingsThroughAndNothingElse() {
        var environment = new Environment(
                Map.of("KAFKA_SECURITY_PROTOCOL", "SSL", "KAFKA_PARTITIONS", "3", "KAFKA_HOME", "here"));
        assertThat(environment.kafkaClient())
                .containsOnly(Map.entry("security.protocol", "SSL"), Map.entry("bootstrap.servers", "127.0.0.1:9092"));
    }
}
