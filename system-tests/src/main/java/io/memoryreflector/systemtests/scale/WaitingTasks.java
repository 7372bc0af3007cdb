package io.memoryreflector.systemtests.scale;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.Tier;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes tasks straight to the lanes, as the intake would, so that a million of them is there sooner. One thread. */
final class WaitingTasks implements AutoCloseable {

    private static final List<Tier> TIERS = List.of(Tier.EPISODIC, Tier.SEMANTIC, Tier.PROCEDURAL);

    private final KafkaProducer<String, ReflectionTask> producer;
    private final AtomicReference<Exception> failed = new AtomicReference<>();

    WaitingTasks(String bootstrapServers, EventSerdes serdes) {
        this.producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.LINGER_MS_CONFIG, 20),
                new StringSerializer(),
                serdes.<ReflectionTask>serializer());
    }

    /** The tasks of an interaction, one for each lane. */
    void send(Interaction interaction) {
        var key = new UserKey(interaction.getNamespace(), interaction.getUserId()).toString();
        for (var tier : TIERS) {
            var task = ReflectionTask.newBuilder()
                    .setInteractionId(interaction.getInteractionId())
                    .setNamespace(interaction.getNamespace())
                    .setUserId(interaction.getUserId())
                    .setSessionId(interaction.getSessionId())
                    .setTier(tier)
                    .setPriority(interaction.getPriority())
                    .setMessages(interaction.getMessages())
                    .setOccurredAt(interaction.getOccurredAt())
                    .setRecordedAt(interaction.getOccurredAt())
                    .setAttempt(0)
                    .build();
            producer.send(new ProducerRecord<>(Topics.tasks(tier).name(), key, task), (metadata, error) -> {
                if (error != null) {
                    failed.compareAndSet(null, error);
                }
            });
        }
    }

    /** Returns once Kafka has all. */
    void flush() {
        producer.flush();
        if (failed.get() != null) {
            throw new IllegalStateException("not all tasks are in their lanes", failed.get());
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
