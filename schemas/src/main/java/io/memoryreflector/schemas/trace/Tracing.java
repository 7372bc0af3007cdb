package io.memoryreflector.schemas.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.List;

/**
 * Begins a program's spans. Off unless the program's settings turn it on, and then whoever works on records asks {@link
 * #isOn} and does nothing more. Thread-safe.
 */
public final class Tracing implements AutoCloseable {

    /** The interaction that a span is about. */
    public static final AttributeKey<String> INTERACTION = AttributeKey.stringKey("memory.interaction_id");

    /** Its user, as {@link UserHash} writes them. */
    public static final AttributeKey<String> USER = AttributeKey.stringKey("memory.user");

    /** The tier, in small letters. */
    public static final AttributeKey<String> TIER = AttributeKey.stringKey("memory.tier");

    /** The attempt, from 1. */
    public static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("memory.attempt");

    /** What became of it. */
    public static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("memory.outcome");

    /** The topic that a span reads or writes, by OpenTelemetry's name. */
    public static final AttributeKey<String> TOPIC = AttributeKey.stringKey("messaging.destination.name");

    /** How many records or tasks are in a batch, by OpenTelemetry's name. */
    public static final AttributeKey<Long> BATCH_SIZE = AttributeKey.longKey("messaging.batch.message_count");

    private static final String SCOPE = "io.memoryreflector";
    private static final Tracing OFF = new Tracing(OpenTelemetry.noop(), false, () -> {});

    private final Tracer tracer;
    private final boolean on;
    private final Runnable end;

    private Tracing(OpenTelemetry openTelemetry, boolean on, Runnable end) {
        this.tracer = openTelemetry.getTracer(SCOPE);
        this.on = on;
        this.end = end;
    }

    /** No spans at all. */
    public static Tracing off() {
        return OFF;
    }

    /**
     * Spans of this OpenTelemetry.
     *
     * @param end sends what is not sent yet and ends it, within a bounded time
     */
    public static Tracing of(OpenTelemetry openTelemetry, Runnable end) {
        return new Tracing(openTelemetry, true, end);
    }

    /** Whether spans are made; if not, nobody need ask for one. */
    public boolean isOn() {
        return on;
    }

    /** A span to be started. */
    public SpanBuilder span(String name, SpanKind kind, Context parent) {
        return tracer.spanBuilder(name).setSpanKind(kind).setParent(parent);
    }

    /**
     * A span of work on several things at once, each with a span of its own: linked to all of them. Where there is one
     * thing only, its span is the parent; where none is sampled, this one is not either.
     */
    public SpanBuilder batch(String name, SpanKind kind, List<Span> things) {
        if (things.size() == 1 || things.stream().noneMatch(Span::isRecording)) {
            return span(name, kind, Context.root().with(things.get(0)));
        }
        var builder = span(name, kind, Context.root()).setAttribute(BATCH_SIZE, (long) things.size());
        things.forEach(thing -> builder.addLink(thing.getSpanContext()));
        return builder;
    }

    @Override
    public void close() {
        end.run();
    }
}
