package io.memoryreflector.schemas.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LogFormatTest {

    @Test
    void shouldBeTextUnlessJsonIsAskedFor() {
        assertThat(LogFormat.from(new Environment(Map.of()))).isEqualTo(LogFormat.TEXT);
        assertThat(LogFormat.from(new Environment(Map.of("LOG_FORMAT", "json"))))
                .isEqualTo(LogFormat.JSON);
    }

    @Test
    void shouldSayWhatItTakes() {
        assertThatThrownBy(() -> LogFormat.from(new Environment(Map.of("LOG_FORMAT", "JSON"))))
                .hasMessage("LOG_FORMAT: got 'JSON', takes text or json");
    }
}
