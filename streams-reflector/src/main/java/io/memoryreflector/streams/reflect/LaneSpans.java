package io.memoryreflector.streams.reflect;

import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.reflection.Reflection;
import io.memoryreflector.schemas.trace.TraceParent;
import io.memoryreflector.schemas.trace.Tracing;
import io.memoryreflector.schemas.trace.UserHash;
import io.memoryreflector.state.PendingTask;
import io.memoryreflector.streams.Origins;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;

/**
 * The spans of one lane: one for each attempt at a task, from its acceptance to its settlement, and one for each call.
 * Where tracing is off they are all the same span that is none. Those in flight when the process dies are not told; the
 * attempts after it are, in the same trace. Thread-safe.
 */
final class LaneSpans {

    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
    private static final AttributeKey<String> REFLECTOR = AttributeKey.stringKey("memory.reflector");
    private static final AttributeKey<String> MODEL = AttributeKey.stringKey("gen_ai.request.model");
    private static final AttributeKey<Long> INPUT = AttributeKey.longKey("gen_ai.usage.input_tokens");
    private static final AttributeKey<Long> OUTPUT = AttributeKey.longKey("gen_ai.usage.output_tokens");

    private final Tracing tracing;
    private final String tier;
    private final String reflector;
    private final String model;

    LaneSpans(Tracing tracing, ReflectProcessor.Lane<?> lane) {
        this.tracing = tracing;
        this.tier = lane.reflector().tier().name().toLowerCase(Locale.ROOT);
        this.reflector = lane.reflector().version().getName();
        this.model = lane.reflector().version().getModel();
    }

    boolean isOn() {
        return tracing.isOn();
    }

    /** Begins an attempt at a task; it began to wait when it was accepted. */
    Span begin(PendingTask origin, ReflectionTask task) {
        if (!tracing.isOn()) {
            return Span.getInvalid();
        }
        return tracing.span("reflect " + tier, SpanKind.CONSUMER, TraceParent.context(Origins.traceparent(origin)))
                .setStartTimestamp(since(origin), TimeUnit.MILLISECONDS)
                .setAttribute(Tracing.TOPIC, origin.getSourceTopic())
                .setAttribute(Tracing.INTERACTION, task.getInteractionId())
                .setAttribute(Tracing.USER, UserHash.of(origin.getRecordKey()))
                .setAttribute(Tracing.TIER, tier)
                .setAttribute(Tracing.ATTEMPT, task.getAttempt() + 1L)
                .setAttribute(REFLECTOR, reflector)
                .startSpan();
    }

    /** Begins a call for the tasks whose attempts these are. */
    Span call(List<Span> attempts) {
        if (!tracing.isOn()) {
            return Span.getInvalid();
        }
        attempts.forEach(attempt -> attempt.addEvent("call"));
        var span = tracing.batch("chat " + (model == null ? reflector : model), SpanKind.CLIENT, attempts)
                .setAttribute(OPERATION, "chat")
                .setAttribute(Tracing.TIER, tier);
        if (model != null) {
            span.setAttribute(MODEL, model);
        }
        return span.startSpan();
    }

    /** Ends a call. */
    static void called(Span call, Reflection<? extends SpecificRecord> reflection) {
        if (!call.isRecording()) {
            return;
        }
        call.setAttribute(INPUT, reflection.usage().inputTokens());
        call.setAttribute(OUTPUT, reflection.usage().outputTokens());
        if (reflection instanceof Reflection.Failed<?> failed) {
            failed(
                    call,
                    failed.failure().kind(),
                    failed.failure().cause().getClass().getName());
        }
        call.end();
    }

    /** Ends an attempt that came to something. */
    static void settled(Span attempt, String outcome) {
        if (attempt.isRecording()) {
            attempt.setAttribute(Tracing.OUTCOME, outcome);
            attempt.end();
        }
    }

    /** Ends an attempt that is to be made again. */
    static void retried(Span attempt, Instant notBefore, String error) {
        if (attempt.isRecording()) {
            attempt.addEvent("retry", Attributes.of(AttributeKey.stringKey("memory.not_before"), notBefore.toString()));
            failed(attempt, "retry", error);
            settled(attempt, "retry");
        }
    }

    /** Ends an attempt whose task is given up. */
    static void parked(Span attempt, String reason, String error) {
        if (attempt.isRecording()) {
            attempt.addEvent("dead letter", Attributes.of(AttributeKey.stringKey("memory.reason"), reason));
            failed(attempt, reason, error);
            settled(attempt, "dead_letter");
        }
    }

    private static void failed(Span span, String description, String error) {
        span.setAttribute(AttributeKey.stringKey("error.type"), error);
        span.setStatus(StatusCode.ERROR, description);
    }

    private static long since(PendingTask origin) {
        return origin.getRetry() == null
                ? origin.getPendingSince()
                : origin.getRetry().getNotBefore().toEpochMilli();
    }
}
