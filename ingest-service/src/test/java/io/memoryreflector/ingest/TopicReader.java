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

/** What the log of record holds, as any consumer with the plain deserialiser reads it. */
final class TopicReader {

    private TopicReader() {}

    /** All interactions; those of one user in their order. */
    static List<ConsumerRecord<String, Interaction>> interactions(LocalStack stack) {
        var config = Map.<String, Object>of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                stack.kafkaBootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed");
        try (var consumer = new KafkaConsumer<String, Interaction>(
                config,
                new StringDeserializer(),
                EventSerdes.of(stack.schemaRegistryUrl()).deserializer())) {
            var partitions = consumer.partitionsFor(Topics.INTERACTIONS.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var found = new ArrayList<ConsumerRecord<String, Interaction>>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            }
            return found;
        }
    }

    /** Ids of one user's interactions in the order that counts: a repeat is dropped by the topology, its first stands. */
    static List<String> idsOf(LocalStack stack, String user) {
        var ids = new LinkedHashSet<String>();
        for (var record : interactions(stack)) {
            if (record.value().getUserId().equals(user)) {
                ids.add(record.value().getInteractionId());
            }
        }
        return List.copyOf(ids);
    }
}
