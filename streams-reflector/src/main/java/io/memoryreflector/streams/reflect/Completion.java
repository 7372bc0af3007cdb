package io.memoryreflector.streams.reflect;

import io.memoryreflector.reflection.Reflection;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;

/** A call that has come back, on its way to the stream thread. */
record Completion<M extends SpecificRecord>(TaskScheduler.Batch<Bytes> batch, Reflection<M> reflection, Duration took) {

    /** The call as one of its tasks sees it. */
    Attempt attempt(int index) {
        return new Attempt(took, reflection.usage(), index, batch.keys().size());
    }
}
