package io.memoryreflector.schemas.trace;

import io.memoryreflector.schemas.HeaderNames;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Headers;

/** A span's place in its trace, as W3C's {@code traceparent} writes it. What is no {@code traceparent} is none. Pure. */
public final class TraceParent {

    private static final TextMapGetter<String> VALUE = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String value) {
            return List.of(HeaderNames.TRACEPARENT);
        }

        @Override
        public String get(String value, String key) {
            return HeaderNames.TRACEPARENT.equals(key) ? value : null;
        }
    };

    private TraceParent() {}

    /** Where the next span belongs; at the root of a new trace if the value is null or malformed. */
    public static Context context(String value) {
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), value, VALUE);
    }

    /** Where the next span belongs, by a record's header. */
    public static Context context(Headers headers) {
        return context(text(headers));
    }

    /** The trace that the value names; null if it names none. */
    public static String traceId(String value) {
        var span = Span.fromContext(context(value)).getSpanContext();
        return span.isValid() ? span.getTraceId() : null;
    }

    /** The value that names a span. */
    public static String of(SpanContext span) {
        return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                + span.getTraceFlags().asHex();
    }

    /** The value in a record's headers, or null. */
    public static String text(Headers headers) {
        var header = headers.lastHeader(HeaderNames.TRACEPARENT);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** Names the span in a record's headers, in the place of whichever was named there. */
    public static void set(Headers headers, Span span) {
        headers.remove(HeaderNames.TRACEPARENT)
                .add(HeaderNames.TRACEPARENT, of(span.getSpanContext()).getBytes(StandardCharsets.UTF_8));
    }
}
