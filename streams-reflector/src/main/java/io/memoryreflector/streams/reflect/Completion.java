package io.memoryreflector.streams.reflect;

import io.memoryreflector.reflection.Reflection;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;

/**
 * A call that has come back, on its way to the stream thread.
 *
 * @param attempts a span for each task, in the batch's order; none where tracing is off
 */
record Completion<M extends SpecificRecord>(
        TaskScheduler.Batch<Bytes> batch, Reflection<M> reflection, Duration took, List<Span> attempts) {

    /** The call as one of its tasks sees it. */
    Attempt attempt(int index) {
        var span = attempts.isEmpty() ? Span.getInvalid() : attempts.get(index);
        return new Attempt(took, reflection.usage(), index, batch.keys().size(), span);
    }
}
