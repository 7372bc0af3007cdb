package io.memoryreflector.ingest.log;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.ingest.config.ServiceSettings;
import io.memoryreflector.ingest.config.StartFailure;
import io.memoryreflector.schemas.registry.SchemaRegistry;
import io.memoryreflector.schemas.topic.TopicCatalogue;
import io.memoryreflector.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.stereotype.Component;

/**
 * Prepares the log: the topics are there, the schema is known to the registry, and the producer has its metadata, so
 * that the first request is as fast as the others. The web server opens once that is done, or after {@code
 * KAFKA_START_TIMEOUT} without it: then the preparation goes on beside the requests, and what they bring waits in the
 * outbox. At the end the producer is flushed and closed after the last request was answered.
 *
 * <p>Threading: the preparation has a thread of its own, which ends with it.
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
    private final KafkaCircuit circuit;
    private final CompletableFuture<Void> prepared = new CompletableFuture<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean running;

    KafkaStart(
            Admin admin,
            Serializer<Interaction> serializer,
            ProducerFactory<String, Interaction> producers,
            ServiceSettings settings,
            KafkaCircuit circuit) {
        this.admin = admin;
        this.serializer = serializer;
        this.producers = producers;
        this.settings = settings;
        this.circuit = circuit;
    }

    /** @throws StartFailure if the topics cannot be used as they are */
    @Override
    public void start() {
        running = true;
        var preparation = new Thread(this::prepareUntilDone, "kafka-start");
        preparation.setDaemon(true);
        preparation.start();
        try {
            prepared.get(settings.kafkaStartTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException away) {
            LOG.warn("Kafka or the registry is away: interactions wait in the outbox");
        } catch (ExecutionException hopeless) {
            stop();
            throw new StartFailure(hopeless.getCause().getMessage(), hopeless);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted", e);
        }
    }

    @Override
    public void stop() {
        running = false;
        stopping.countDown();
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

    /** What fails is tried again: servers may be coming up, and an operator may be mending what is wrong. */
    private void prepareUntilDone() {
        var told = "";
        try {
            do {
                try {
                    prepare();
                    circuit.prepared();
                    prepared.complete(null);
                    LOG.info("Kafka and the registry are ready");
                    return;
                } catch (StartFailure differing) {
                    prepared.completeExceptionally(differing);
                    LOG.error("waiting: {}", differing.getMessage());
                } catch (RuntimeException failure) {
                    if (!told.equals(failure.getMessage())) {
                        told = String.valueOf(failure.getMessage());
                        LOG.info("waiting: {}", told);
                    }
                }
            } while (!stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void prepare() {
        step(
                "KAFKA_BOOTSTRAP_SERVERS: got '" + settings.kafkaBootstrapServers() + "', takes a Kafka that answers",
                this::ensureTopics);
        step(
                "SCHEMA_REGISTRY_URL: got '" + SchemaRegistry.shown(settings.schemaRegistryUrl())
                        + "', takes a registry that answers",
                () -> serializer.serialize(Topics.INTERACTIONS.name(), sample()));
        step(
                "KAFKA_BOOTSTRAP_SERVERS: got '" + settings.kafkaBootstrapServers() + "', takes a Kafka that answers",
                () -> {
                    try (var producer = producers.createProducer()) {
                        producer.partitionsFor(Topics.INTERACTIONS.name());
                    }
                });
    }

    private static void step(String hint, Runnable call) {
        try {
            call.run();
        } catch (StartFailure hopeless) {
            throw hopeless;
        } catch (RuntimeException failure) {
            throw new IllegalStateException(hint + " (" + failure.getMessage() + ")", failure);
        }
    }

    private void ensureTopics() {
        try {
            new TopicCatalogue(admin, settings.partitions(), CALL).ensure();
        } catch (IllegalStateException differing) {
            throw new StartFailure(differing.getMessage(), differing);
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
