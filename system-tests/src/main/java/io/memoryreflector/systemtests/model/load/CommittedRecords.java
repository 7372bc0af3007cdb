package io.memoryreflector.systemtests.model.load;

import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic from its begin to what is its end now, committed records only. Thread-safe. */
public record CommittedRecords(String bootstrapServers, EventSerdes serdes) {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** Shows each record, those of one partition in their order. */
    public <T extends SpecificRecord> void read(Topic topic, Consumer<ConsumerRecord<String, T>> visitor) {
        Map<String, Object> config = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5_000);
        var deadline = System.nanoTime() + LONGEST.toNanos();
        try (var deserializer = serdes.<T>deserializer();
                var consumer = new KafkaConsumer<>(config, new StringDeserializer(), deserializer)) {
            consumer.assign(consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList());
            var ends = consumer.endOffsets(consumer.assignment());
            consumer.seekToBeginning(consumer.assignment());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(visitor);
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(topic.name() + " is not read after " + LONGEST);
                }
            }
        }
    }
}
