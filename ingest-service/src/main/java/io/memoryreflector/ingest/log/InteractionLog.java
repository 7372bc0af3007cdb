package io.memoryreflector.ingest.log;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.schemas.HeaderNames;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.schemas.trace.TraceParent;
import io.memoryreflector.schemas.trace.Tracing;
import io.memoryreflector.schemas.trace.UserHash;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/** The log of record. Thread-safe. */
@Component
public final class InteractionLog {

    private final KafkaTemplate<String, Interaction> kafka;
    private final KafkaCircuit circuit;
    private final Tracing tracing;

    InteractionLog(KafkaTemplate<String, Interaction> kafka, KafkaCircuit circuit, Tracing tracing) {
        this.kafka = kafka;
        this.circuit = circuit;
        this.tracing = tracing;
    }

    /** Whether a send is worth trying: Kafka was ready and took, or will take, what was sent last. */
    public boolean isOpen() {
        return circuit.isClosed();
    }

    /**
     * Appends an interaction; the future ends with Kafka's acknowledgement, or exceptionally with its refusal or after
     * {@code patience}, whichever is first. A send that ran out of patience may still reach the log: the topology drops
     * the repeat. Blocks for the producer's {@code max.block.ms} at most.
     */
    public CompletableFuture<Void> append(Interaction interaction, CallHeaders headers, Duration patience) {
        var key = new UserKey(interaction.getNamespace(), interaction.getUserId()).toString();
        var record = new ProducerRecord<>(Topics.INTERACTIONS.name(), null, recordedAt(interaction), key, interaction);
        headers.traceparent().ifPresent(value -> set(record, HeaderNames.TRACEPARENT, value));
        headers.idempotencyKey().ifPresent(value -> set(record, HeaderNames.IDEMPOTENCY_KEY, value));
        return tracing.isOn() ? told(record, patience) : sent(record, patience);
    }

    private CompletableFuture<Void> sent(ProducerRecord<String, Interaction> record, Duration patience) {
        return circuit.record(() -> send(record).orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** With a span of its own, which the record goes on from. */
    private CompletableFuture<Void> told(ProducerRecord<String, Interaction> record, Duration patience) {
        var span = tracing.span(record.topic() + " publish", SpanKind.PRODUCER, TraceParent.context(record.headers()))
                .setAttribute(Tracing.TOPIC, record.topic())
                .setAttribute(Tracing.INTERACTION, record.value().getInteractionId())
                .setAttribute(Tracing.USER, UserHash.of(record.key()))
                .startSpan();
        TraceParent.set(record.headers(), span);
        return sent(record, patience).whenComplete((acknowledged, failure) -> {
            if (failure != null) {
                span.setStatus(StatusCode.ERROR, failure.getClass().getName());
            }
            span.end();
        });
    }

    /** Whether Kafka refused this very interaction and will refuse it again, rather than being away. */
    public static boolean isHopeless(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RecordTooLargeException) {
                return true;
            }
        }
        return false;
    }

    private CompletableFuture<Void> send(ProducerRecord<String, Interaction> record) {
        try {
            return kafka.send(record).thenApply(result -> null);
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(new CompletionException(refused));
        }
    }

    /** When it was taken, however long it waited in the outbox: an erasure takes what was handed over before it. */
    private static Long recordedAt(Interaction interaction) {
        return interaction.getReceivedAt() == null
                ? null
                : interaction.getReceivedAt().toEpochMilli();
    }

    private static void set(ProducerRecord<String, Interaction> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
