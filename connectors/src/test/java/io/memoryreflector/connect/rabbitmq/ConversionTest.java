package io.memoryreflector.connect.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Envelope;
import io.memoryreflector.events.Priority;
import io.memoryreflector.schemas.InteractionLimits;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class ConversionTest {

    private static final Duration SHORT = Duration.ofMillis(50);

    @Test
    void shouldHoldUpNobodyWhileTheRegistrySaysNothing() throws Exception {
        var answer = new CountDownLatch(1);
        try (var conversion = conversion((topic, event) -> {
            awaitUninterrupted(answer);
            return new byte[0];
        })) {
            conversion.begin(List.of(message(1)), message -> true);

            assertThat(conversion.take(SHORT)).isNull();
            assertThat(conversion.isBusy()).isTrue();

            answer.countDown();
            assertThat(take(conversion)).hasSize(1);
            assertThat(conversion.isBusy()).isFalse();
        }
    }

    @Test
    void shouldTryAgainWhenTheRegistryIsAwayAndParkNothing() throws Exception {
        var calls = new AtomicInteger();
        try (var conversion = conversion((topic, event) -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException(new ConnectException("Connection refused"));
            }
            return new byte[0];
        })) {
            conversion.begin(List.of(message(1), message(2)), message -> true);

            assertThat(take(conversion)).hasSize(2).allMatch(record -> record.topic()
                    .equals("memory.interactions"));
        }
    }

    @Test
    void shouldParkWhatCannotBeWrittenAndLeaveOutWhatComesAgain() throws Exception {
        var calls = new AtomicInteger();
        try (var conversion = conversion((topic, event) -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalArgumentException("no such record");
            }
            return new byte[0];
        })) {
            conversion.begin(
                    List.of(message(1), message(2), message(3)),
                    message -> message.envelope().getDeliveryTag() != 2);

            var records = take(conversion);

            assertThat(records).extracting(SourceRecord::topic).containsExactly("reflector.dlq", "memory.interactions");
            assertThat(records).extracting(SourceRecords::tag).containsExactly(1L, 3L);
            assertThat(records).extracting(SourceRecords::epoch).containsOnly(9L);
        }
    }

    private static List<SourceRecord> take(Conversion conversion) {
        return await().atMost(Duration.ofSeconds(10)).until(() -> conversion.take(SHORT), taken -> taken != null);
    }

    private static Conversion conversion(Serializer<SpecificRecord> serializer) {
        var mapping = new JobMapping(
                "default", Optional.empty(), List.of(Priority.values()), InteractionLimits.DEFAULT, 100_000);
        return new Conversion(
                new SourceRecords(mapping, new ParkedJobs("q", "default"), serializer, InstantSource.system()));
    }

    private static JobMessage message(long tag) {
        return new JobMessage(
                9,
                new Envelope(tag, false, "e", "reflection.ada"),
                new BasicProperties(),
                "{\"job_id\": \"j\", \"user_id\": \"ada\", \"user_message\": \"I like tea.\"}"
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
