package io.memoryreflector.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CollectorSettingsTest {

    @ParameterizedTest
    @MethodSource
    void shouldNameTheSettingThatIsWrong(String message, ThrowingCallable wrong) {
        assertThatIllegalArgumentException().isThrownBy(wrong).withMessage(message);
    }

    static Stream<Arguments> shouldNameTheSettingThatIsWrong() {
        return Stream.of(
                wrong("bufferEntries: got 0, takes a whole number from 16 to 16777216", () -> change().bufferEntries(0)
                        .build()),
                wrong("inFlight: got 0, takes a whole number from 1 to 1048576", () -> change().inFlight(0)
                        .build()),
                wrong("linger: got PT-1S, takes from PT0S to PT10S", () -> change().linger(Duration.ofSeconds(-1))
                        .build()),
                wrong("retryMost: got PT0.1S, takes from PT1S to PT10M", () -> change().retry(
                                Duration.ofSeconds(1), Duration.ofMillis(100))
                        .build()),
                wrong(
                        "whenFull.atMost: got PT1H, takes from PT0.001S to PT1M",
                        () -> WhenFull.block(Duration.ofHours(1))),
                wrong(
                        "whenFull.maxBytes: got 1, takes a whole number from 65536 to 9223372036854775807",
                        () -> WhenFull.spill(Path.of("spill"), 1)),
                wrong(
                        "bootstrap.servers: got 'kafka', takes host:port, more with commas",
                        () -> Target.kafka("kafka", "http://127.0.0.1:8081")),
                wrong(
                        "service: got 'localhost', takes an address such as http://127.0.0.1:8080",
                        () -> Target.http(URI.create("localhost"))));
    }

    @Test
    void shouldOrderThePresetsBySize() {
        assertThat(Stream.of(
                                CollectorSettings.lowResource(),
                                CollectorSettings.production(),
                                CollectorSettings.highPerformance())
                        .map(CollectorSettings::bufferBytes))
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(CollectorSettings.development().change().build()).isEqualTo(CollectorSettings.development());
    }

    private static Arguments wrong(String message, ThrowingCallable call) {
        return Arguments.of(message, call);
    }

    private static CollectorSettings.Builder change() {
        return CollectorSettings.production().change();
    }
}
