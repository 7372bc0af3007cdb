package io.memoryreflector.connect.sink;

import io.memoryreflector.schemas.HeaderNames;
import io.memoryreflector.schemas.trace.TraceParent;
import io.memoryreflector.schemas.trace.Tracing;
import io.memoryreflector.schemas.trace.UserHash;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Tells of a sink's writes: a span for each record whose header names a trace, in that trace, and one for the batch that
 * they are written in, linked to them. A write that is tried again is told again. One thread.
 */
final class WriteSpans {

    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("db.system.name");

    private final Tracing tracing;
    private final String store;

    /** @param store by its name among OpenTelemetry's, such as {@code neo4j} */
    WriteSpans(Tracing tracing, String store) {
        this.tracing = tracing;
        this.store = store;
    }

    /** Makes a write and passes on what it throws. */
    void around(List<Decoded> batch, Runnable write) {
        if (!tracing.isOn()) {
            write.run();
            return;
        }
        var records = batch.stream()
                .map(decoded -> begin(decoded.record()))
                .flatMap(Optional::stream)
                .toList();
        if (records.isEmpty()) {
            write.run();
            return;
        }
        var call = tracing.batch(store + " batch", SpanKind.CLIENT, records)
                .setAttribute(SYSTEM, store)
                .setAttribute(Tracing.BATCH_SIZE, (long) batch.size())
                .startSpan();
        try {
            write.run();
        } catch (RuntimeException e) {
            records.forEach(span -> failed(span, e));
            failed(call, e);
            throw e;
        } finally {
            call.end();
            records.forEach(Span::end);
        }
    }

    private Optional<Span> begin(SinkRecord record) {
        var parent = TraceParent.context(traceparent(record));
        if (!Span.fromContext(parent).getSpanContext().isValid()) {
            return Optional.empty();
        }
        var span = tracing.span(store + " write", SpanKind.CONSUMER, parent)
                .setAttribute(SYSTEM, store)
                .setAttribute(Tracing.TOPIC, record.topic());
        if (record.key() instanceof byte[] key) {
            span.setAttribute(Tracing.USER, UserHash.of(new String(key, StandardCharsets.UTF_8)));
        }
        return Optional.of(span.startSpan());
    }

    /** As text or as bytes, whichever the header converter makes of it. */
    private static String traceparent(SinkRecord record) {
        var header = record.headers().lastWithName(HeaderNames.TRACEPARENT);
        if (header == null || header.value() == null) {
            return null;
        }
        return header.value() instanceof byte[] bytes
                ? new String(bytes, StandardCharsets.UTF_8)
                : header.value().toString();
    }

    private static void failed(Span span, RuntimeException e) {
        span.setAttribute(AttributeKey.stringKey("error.type"), e.getClass().getName());
        span.setStatus(StatusCode.ERROR);
    }
}
