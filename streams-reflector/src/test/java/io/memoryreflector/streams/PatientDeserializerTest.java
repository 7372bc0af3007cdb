package io.memoryreflector.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

class PatientDeserializerTest {

    private final List<Duration> pauses = new ArrayList<>();

    @Test
    void shouldWaitForARegistryThatIsAway() {
        assertThat(failing(3, new UncheckedIOException(new ConnectException("refused")))
                        .deserialize("topic", new byte[0]))
                .isEqualTo("decoded");
        assertThat(pauses).hasSize(3).containsOnly(PatientDeserializer.PAUSE);
    }

    @Test
    void shouldGiveUpBeforeTheConsumerIsThrownOutOfItsGroup() {
        var away = new UncheckedIOException(new ConnectException("refused"));

        assertThatThrownBy(() -> failing(1_000, away).deserialize("topic", new byte[0]))
                .isSameAs(away);
        assertThat(PatientDeserializer.PAUSE.multipliedBy(pauses.size()))
                .isBetween(Duration.ofSeconds(30), Duration.ofMinutes(4));
    }

    @Test
    void shouldNotWaitForBytesThatNobodyCanDecode() {
        var broken = new UncheckedIOException(new EOFException());

        assertThatThrownBy(() -> failing(1, broken).deserialize("topic", new byte[0]))
                .isSameAs(broken);
        assertThat(pauses).isEmpty();
    }

    private Deserializer<String> failing(int times, RuntimeException error) {
        var left = new int[] {times};
        Deserializer<String> inner = (topic, bytes) -> {
            if (left[0]-- > 0) {
                throw error;
            }
            return "decoded";
        };
        return new PatientDeserializer<>(inner, pauses::add);
    }
}
