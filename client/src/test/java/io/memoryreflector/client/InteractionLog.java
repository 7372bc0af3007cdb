package io.memoryreflector.client;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What the log of record holds, as any consumer reads it. */
public final class InteractionLog {

    private InteractionLog() {}

    /** The interactions of users whose ids begin so; those of one user in their order. */
    public static List<ConsumerRecord<String, Interaction>> of(LocalStack stack, String users) {
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
            found.removeIf(record -> !record.value().getUserId().startsWith(users));
            return found;
        }
    }

    /** Their ids. */
    public static List<String> ids(LocalStack stack, String users) {
        return of(stack, users).stream()
                .map(record -> record.value().getInteractionId())
                .toList();
    }
}
