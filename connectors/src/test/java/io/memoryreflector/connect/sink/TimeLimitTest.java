package io.memoryreflector.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topics;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TimeLimitTest {

    @Test
    @Timeout(20)
    void shouldNotWaitForEverForARegistryThatTakesTheConnectionAndSaysNothing() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var limit = new TimeLimit(Duration.ofMillis(500));
                var decoder = new EventDecoder(
                        EventSerdes.of("http://127.0.0.1:" + silent.getLocalPort())
                                .deserializer(),
                        List.of(Topics.INTERACTIONS))) {
            var record = new SinkRecord(
                    Topics.INTERACTIONS.name(), 0, null, null, null, new byte[] {0, 0, 0, 0, 1, 2, 3, 4}, 0);

            assertThatThrownBy(() -> limit.call("the registry", () -> decoder.decode(List.of(record), refused -> {})))
                    .isInstanceOf(NoAnswer.class)
                    .hasMessageContaining("the registry");

            // The one thread is free again: the wait was interrupted, not left behind.
            await().atMost(Duration.ofSeconds(5))
                    .ignoreExceptions()
                    .until(() -> limit.call("it", () -> "free"), "free"::equals);
        }
    }

    @Test
    void shouldThrowWhatTheWorkThrows() {
        try (var limit = new TimeLimit(Duration.ofSeconds(5))) {
            var broken = new DataException("broken");

            assertThatThrownBy(() -> limit.call("it", () -> {
                        throw broken;
                    }))
                    .isSameAs(broken);
            assertThat(limit.call("it", () -> 1)).isEqualTo(1);
        }
    }
}
