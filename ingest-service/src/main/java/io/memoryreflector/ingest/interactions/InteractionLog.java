package io.memoryreflector.ingest.interactions;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.schemas.HeaderNames;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/** The log of record. Thread-safe. */
@Component
final class InteractionLog {

    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private final KafkaTemplate<String, Interaction> kafka;

    InteractionLog(KafkaTemplate<String, Interaction> kafka) {
        this.kafka = kafka;
    }

    /**
     * Appends an interaction; the future ends with Kafka's acknowledgement or its refusal, in bounded time. Waits at
     * most for the producer's own bound when Kafka is away.
     */
    CompletableFuture<Void> append(Interaction interaction, CallHeaders headers) {
        var key = new UserKey(interaction.getNamespace(), interaction.getUserId()).toString();
        var record = new ProducerRecord<>(Topics.INTERACTIONS.name(), key, interaction);
        headers.traceparent()
                .filter(value -> TRACEPARENT.matcher(value).matches())
                .ifPresent(value -> set(record, HeaderNames.TRACEPARENT, value));
        headers.idempotencyKey().ifPresent(value -> set(record, HeaderNames.IDEMPOTENCY_KEY, value));
        try {
            return kafka.send(record).thenApply(result -> null);
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private static void set(ProducerRecord<String, Interaction> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Headers of the caller's request that travel with the record. */
    record CallHeaders(Optional<String> traceparent, Optional<String> idempotencyKey) {

        static CallHeaders of(String traceparent, String idempotencyKey) {
            return new CallHeaders(Optional.ofNullable(traceparent), Optional.ofNullable(idempotencyKey));
        }
    }
}
