package io.memoryreflector.ingest.config;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.schemas.topic.TopicCatalogue;
import io.memoryreflector.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.stereotype.Component;

/**
 * Before the web server opens: the topics are there, the schema is known to the registry, and the producer has its
 * metadata, so that the first request is as fast as the others. Waits for servers that are still coming up. At the end
 * the producer is flushed and closed after the last request was answered.
 */
@Component
class KafkaStart implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaStart.class);
    private static final Duration CALL = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Admin admin;
    private final Serializer<Interaction> serializer;
    private final ProducerFactory<String, Interaction> producers;
    private final ServiceSettings settings;
    private volatile boolean running;

    KafkaStart(
            Admin admin,
            Serializer<Interaction> serializer,
            ProducerFactory<String, Interaction> producers,
            ServiceSettings settings) {
        this.admin = admin;
        this.serializer = serializer;
        this.producers = producers;
        this.settings = settings;
    }

    @Override
    public void start() {
        var until = Instant.now().plus(settings.kafkaStartTimeout());
        retry(
                until,
                this::ensureTopics,
                "KAFKA_BOOTSTRAP_SERVERS: got '" + settings.kafkaBootstrapServers() + "', takes a Kafka that answers");
        retry(
                until,
                () -> serializer.serialize(Topics.INTERACTIONS.name(), sample()),
                "SCHEMA_REGISTRY_URL: got '" + settings.schemaRegistryUrl() + "', takes a registry that answers");
        var producer = producers.createProducer();
        retry(
                until,
                () -> producer.partitionsFor(Topics.INTERACTIONS.name()),
                "KAFKA_BOOTSTRAP_SERVERS: got '" + settings.kafkaBootstrapServers() + "', takes a Kafka that answers");
        producer.close();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        producers.reset();
        admin.close(CALL);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server on the way up, after it on the way down. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void ensureTopics() {
        try {
            new TopicCatalogue(admin, settings.partitions(), CALL).ensure();
        } catch (IllegalStateException differing) {
            throw new StartFailure(differing.getMessage(), differing);
        }
    }

    private static void retry(Instant until, Runnable call, String hint) {
        var told = false;
        while (true) {
            try {
                call.run();
                return;
            } catch (StartFailure hopeless) {
                throw hopeless;
            } catch (RuntimeException failure) {
                var paused = Instant.now().plus(PAUSE);
                if (paused.isAfter(until) || Thread.currentThread().isInterrupted()) {
                    throw new StartFailure(hint + " (" + failure.getMessage() + ")", failure);
                }
                if (!told) {
                    LOG.info("waiting: {} ({})", hint, failure.getMessage());
                    told = true;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE.toMillis()));
            }
        }
    }

    private static Interaction sample() {
        return Interaction.newBuilder()
                .setInteractionId("")
                .setUserId("")
                .setMessages(List.of())
                .setOccurredAt(Instant.EPOCH)
                .setMetadata(Map.of())
                .build();
    }
}
