package io.memoryreflector.ingest.deadletters;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Timestamps of records that do not tell them themselves. Thread-safe: each call has its own consumer. */
final class SourceTimes implements Function<SourceRecord, Optional<Instant>> {

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Duration timeout;

    /** @param timeout for the record to come */
    SourceTimes(Supplier<Consumer<byte[], byte[]>> consumers, Duration timeout) {
        this.consumers = consumers;
        this.timeout = timeout;
    }

    /** @throws org.apache.kafka.common.KafkaException if Kafka does not answer in time */
    @Override
    public Optional<Instant> apply(SourceRecord source) {
        var partition = new TopicPartition(source.topic(), source.partition());
        try (var consumer = consumers.get()) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, source.offset());
            for (var record : consumer.poll(timeout)) {
                return record.offset() == source.offset()
                        ? Optional.of(Instant.ofEpochMilli(Math.max(0, record.timestamp())))
                        : Optional.empty();
            }
            if (consumer.position(partition, timeout) > source.offset()) {
                return Optional.empty();
            }
            throw new TimeoutException("Kafka gave no record of " + partition + " within " + timeout);
        }
    }
}
