package io.memoryreflector.ingest;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What the log of record holds, as any consumer with the plain deserialiser reads it. Each question reads on to the end that
 * the log has at that moment. Not thread-safe.
 */
final class TopicReader implements AutoCloseable {

    private final KafkaConsumer<String, Interaction> consumer;
    private final List<TopicPartition> partitions;
    private final List<ConsumerRecord<String, Interaction>> found = new ArrayList<>();

    private TopicReader(LocalStack stack) {
        var config = Map.<String, Object>of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                stack.kafkaBootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed");
        this.consumer = new KafkaConsumer<>(
                config,
                new StringDeserializer(),
                EventSerdes.of(stack.schemaRegistryUrl()).deserializer());
        this.partitions = consumer.partitionsFor(Topics.INTERACTIONS.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
    }

    /** Reads what the log gets from now on. */
    static TopicReader fromNow(LocalStack stack) {
        var reader = new TopicReader(stack);
        reader.consumer.endOffsets(reader.partitions).forEach(reader.consumer::seek);
        return reader;
    }

    /** Ids of one user's interactions in the order that counts: a repeat is dropped by the topology, its first stands. */
    static List<String> idsOf(LocalStack stack, String user) {
        try (var reader = new TopicReader(stack)) {
            reader.consumer.seekToBeginning(reader.partitions);
            var ids = new LinkedHashSet<String>();
            for (var record : reader.interactions()) {
                if (record.value().getUserId().equals(user)) {
                    ids.add(record.value().getInteractionId());
                }
            }
            return List.copyOf(ids);
        }
    }

    /** All interactions; those of one user in their order. */
    List<ConsumerRecord<String, Interaction>> interactions() {
        var ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            consumer.poll(Duration.ofMillis(100)).forEach(found::add);
        }
        return List.copyOf(found);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
