package io.memoryreflector.streams;

import io.memoryreflector.events.Header;
import io.memoryreflector.events.Priority;
import io.memoryreflector.schemas.HeaderNames;
import io.memoryreflector.state.PendingTask;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.Record;

/** A record as it came, kept whole for the time when its context is gone. */
public final class Origins {

    private Origins() {}

    /** Copies the record that is being processed now; only to be called inside {@code process()}. */
    public static PendingTask of(
            ProcessingContext context, Record<String, ? extends Raw<?>> record, long pendingSince) {
        var metadata = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("no record is being processed here"));
        var headers = new ArrayList<Header>();
        for (var header : record.headers()) {
            headers.add(new Header(header.key(), header.value() == null ? null : ByteBuffer.wrap(header.value())));
        }
        return new PendingTask(
                metadata.topic(),
                metadata.partition(),
                metadata.offset(),
                record.timestamp(),
                record.key(),
                ByteBuffer.wrap(record.value().bytes()),
                headers,
                Priority.NORMAL,
                pendingSince,
                null);
    }

    /** The trace that the record belongs to, as its header says; null if it says nothing. */
    public static String traceparent(PendingTask origin) {
        for (var header : origin.getHeaders()) {
            if (header.getKey().equals(HeaderNames.TRACEPARENT) && header.getValue() != null) {
                return new String(bytes(header.getValue()), StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    /** The headers as Kafka takes them. */
    public static Headers headers(List<Header> kept) {
        var headers = new RecordHeaders();
        for (var header : kept) {
            headers.add(header.getKey(), header.getValue() == null ? null : bytes(header.getValue()));
        }
        return headers;
    }

    /** The buffer's bytes, which stay its own. */
    public static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
