package io.memoryreflector.ingest.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceSettingsTest {

    @Test
    void shouldListenOnLoopbackUnlessToldOtherwise() {
        var settings = ServiceSettings.fromEnvironment(new Environment(Map.of()));

        assertThat(settings.address().isLoopbackAddress()).isTrue();
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.limits()).isEqualTo(Limits.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({
        "SERVER_PORT, http",
        "SERVER_PORT, 70000",
        "SERVER_ADDRESS, not an address",
        "KAFKA_BOOTSTRAP_SERVERS, kafka",
        "'KAFKA_BOOTSTRAP_SERVERS', 'a:1,,b:2'",
        "SCHEMA_REGISTRY_URL, ftp://x",
        "REDIS_URL, 127.0.0.1:6379",
        "NEO4J_URL, http://127.0.0.1:7474",
        "NEO4J_TIMEOUT, soon",
        "LIMIT_MESSAGES, 0",
        "CONNECT_URL, connect:8083",
        "OUTBOX_MAX_ENTRIES, 0",
        "OUTBOX_MAX_BYTES, much",
    })
    void shouldNameTheVariableWhatItGotAndWhatItTakes(String variable, String value) {
        var environment = new Environment(Map.of(variable, value));

        assertThatThrownBy(() -> ServiceSettings.fromEnvironment(environment))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageStartingWith(variable + ": got '" + value + "', takes ")
                .satisfies(failure -> assertThat(StartFailure.line(new IllegalStateException(failure)))
                        .isEqualTo(failure.getMessage()));
    }

    @Test
    void shouldNotShowAPassword() {
        var environment = new Environment(Map.of("REDIS_URL", "http://user:secret@127.0.0.1:6379"));

        assertThatThrownBy(() -> ServiceSettings.fromEnvironment(environment))
                .hasMessageContaining("***@127.0.0.1")
                .message()
                .doesNotContain("secret");
    }
}
