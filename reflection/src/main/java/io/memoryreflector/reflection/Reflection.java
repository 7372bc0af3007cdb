package io.memoryreflector.reflection;

import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** What a batch of tasks came to: memories for each of them, or one failure for all. */
public sealed interface Reflection<M extends SpecificRecord> {

    /**
     * The batch was reflected.
     *
     * @param memories one list for each task of the batch, in the batch's order; an empty list is a fine outcome
     */
    record Reflected<M extends SpecificRecord>(List<List<M>> memories) implements Reflection<M> {}

    /** The batch was not reflected and nothing of it is known. */
    record Failed<M extends SpecificRecord>(ReflectionFailure failure) implements Reflection<M> {}
}
