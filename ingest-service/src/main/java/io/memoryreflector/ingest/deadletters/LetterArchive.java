package io.memoryreflector.ingest.deadletters;

import io.memoryreflector.schemas.topic.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Fetches whole letters from {@code reflector.dlq} by their places. Thread-safe: each call has its own consumer. */
final class LetterArchive {

    /** A gap that is cheaper to read through than to jump over. */
    private static final long NEAR = 200;

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Duration timeout;

    /**
     * @param consumers that begin at the earliest record where a place is gone
     * @param timeout for the next letter to come
     */
    LetterArchive(Supplier<Consumer<byte[], byte[]>> consumers, Duration timeout) {
        this.consumers = consumers;
        this.timeout = timeout;
    }

    /** Who takes the letters. */
    interface Reader {

        /** The letter at one of the places; empty if the topic has it no more. May take its time. */
        void take(Place place, Optional<ConsumerRecord<byte[], byte[]>> letter);
    }

    /**
     * One letter; empty if the topic has it no more.
     *
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer in time
     */
    Optional<ConsumerRecord<byte[], byte[]>> letter(Place place) {
        var found = new AtomicReference<ConsumerRecord<byte[], byte[]>>();
        read(List.of(place), (at, letter) -> found.set(letter.orElse(null)));
        return Optional.ofNullable(found.get());
    }

    /** Many letters, partition by partition, in the order of their offsets; throws as {@link #letter} does. */
    void read(Collection<Place> places, Reader reader) {
        var byPartition = new TreeMap<Integer, NavigableMap<Long, Place>>();
        for (var place : places) {
            byPartition
                    .computeIfAbsent(place.partition(), none -> new TreeMap<>())
                    .put(place.offset(), place);
        }
        try (var consumer = consumers.get()) {
            byPartition.forEach((partition, wanted) -> read(consumer, partition, wanted, reader));
        }
    }

    private void read(Consumer<byte[], byte[]> consumer, int number, NavigableMap<Long, Place> wanted, Reader reader) {
        var partition = new TopicPartition(Topics.DEAD_LETTERS.name(), number);
        consumer.assign(List.of(partition));
        consumer.seek(partition, wanted.firstKey());
        while (!wanted.isEmpty()) {
            var records = consumer.poll(timeout);
            for (var record : records) {
                passOver(wanted, record.offset(), reader);
                var place = wanted.remove(record.offset());
                if (place != null) {
                    reader.take(place, Optional.of(record));
                }
            }
            var position = consumer.position(partition, timeout);
            if (records.isEmpty() && !passOver(wanted, position, reader)) {
                throw new TimeoutException("Kafka gave no letter of " + partition + " within " + timeout);
            }
            if (!wanted.isEmpty() && wanted.firstKey() - position > NEAR) {
                consumer.seek(partition, wanted.firstKey());
            }
        }
    }

    /** Whether letters before an offset were wanted, which are gone since they did not come. */
    private static boolean passOver(NavigableMap<Long, Place> wanted, long offset, Reader reader) {
        var gone = wanted.headMap(offset);
        var any = !gone.isEmpty();
        List.copyOf(gone.values()).forEach(place -> reader.take(place, Optional.empty()));
        gone.clear();
        return any;
    }
}
