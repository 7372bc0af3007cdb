package io.memoryreflector.streams.reflect;

import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.reflection.Reflection;
import io.memoryreflector.reflection.ReflectionFailure;
import io.memoryreflector.reflection.Reflector;
import io.memoryreflector.schemas.trace.TraceParent;
import io.memoryreflector.schemas.trace.Tracing;
import io.memoryreflector.schemas.trace.UserHash;
import io.memoryreflector.state.PendingTask;
import io.memoryreflector.streams.Origins;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;

/**
 * The spans of one lane, or of the sessions: one for each attempt, from its acceptance to its settlement, and one for each
 * call. Where tracing is off they are all the same span that is none. Those in flight when the process dies are not told;
 * the attempts after it are. Thread-safe.
 */
public final class LaneSpans {

    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
    private static final AttributeKey<String> REFLECTOR = AttributeKey.stringKey("memory.reflector");
    private static final AttributeKey<String> MODEL = AttributeKey.stringKey("gen_ai.request.model");
    private static final AttributeKey<Long> INPUT = AttributeKey.longKey("gen_ai.usage.input_tokens");
    private static final AttributeKey<Long> OUTPUT = AttributeKey.longKey("gen_ai.usage.output_tokens");

    private final Tracing tracing;
    private final String tier;
    private final String reflector;
    private final String model;

    /** @param tier in small letters, or {@code session} */
    public LaneSpans(Tracing tracing, String tier, ReflectorVersion reflector) {
        this.tracing = tracing;
        this.tier = tier;
        this.reflector = reflector.getName();
        this.model = reflector.getModel();
    }

    LaneSpans(Tracing tracing, Reflector<?> reflector) {
        this(tracing, reflector.tier().name().toLowerCase(Locale.ROOT), reflector.version());
    }

    /** Whether spans are made. */
    public boolean isOn() {
        return tracing.isOn();
    }

    /** Begins an attempt at a task; it began to wait when it was accepted. */
    Span begin(PendingTask origin, ReflectionTask task) {
        if (!tracing.isOn()) {
            return Span.getInvalid();
        }
        var parent = TraceParent.context(Origins.traceparent(origin));
        return attempt(SpanKind.CONSUMER, parent, origin.getRecordKey(), task.getAttempt() + 1, since(origin))
                .setAttribute(Tracing.TOPIC, origin.getSourceTopic())
                .setAttribute(Tracing.INTERACTION, task.getInteractionId())
                .startSpan();
    }

    /**
     * An attempt to be started.
     *
     * @param userKey {@code namespace/user_id}
     * @param number of the attempt, from 1
     * @param since when it began to wait, in milliseconds since 1970
     */
    public SpanBuilder attempt(SpanKind kind, Context parent, String userKey, int number, long since) {
        return tracing.span("reflect " + tier, kind, parent)
                .setStartTimestamp(since, TimeUnit.MILLISECONDS)
                .setAttribute(Tracing.USER, UserHash.of(userKey))
                .setAttribute(Tracing.TIER, tier)
                .setAttribute(Tracing.ATTEMPT, (long) number)
                .setAttribute(REFLECTOR, reflector);
    }

    /** Begins a call for those whose attempts these are. */
    public Span call(List<Span> attempts) {
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
    public static void called(Span call, Reflection<? extends SpecificRecord> reflection) {
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
    public static void settled(Span attempt, String outcome) {
        if (attempt.isRecording()) {
            attempt.setAttribute(Tracing.OUTCOME, outcome);
            attempt.end();
        }
    }

    /** Ends an attempt that is to be made again. */
    public static void retried(Span attempt, Instant notBefore, String error) {
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

    /** Ends an attempt that failed and is not made again. */
    public static void failed(Span attempt, ReflectionFailure failure) {
        if (attempt.isRecording()) {
            failed(attempt, failure.kind(), failure.cause().getClass().getName());
            settled(attempt, "failed");
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
