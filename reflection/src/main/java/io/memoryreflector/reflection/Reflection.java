package io.memoryreflector.reflection;

import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** What a batch of tasks came to: memories for each of them, or one failure for all. */
public sealed interface Reflection<M extends SpecificRecord> {

    /** What it has cost, however it ended. */
    Usage usage();

    /**
     * The batch was reflected.
     *
     * @param memories one list for each task of the batch, in the batch's order; an empty list is a fine outcome
     */
    record Reflected<M extends SpecificRecord>(List<List<M>> memories, Usage usage) implements Reflection<M> {

        /** Without asking a model. */
        public Reflected(List<List<M>> memories) {
            this(memories, Usage.NONE);
        }
    }

    /** The batch was not reflected and nothing of it is known. */
    record Failed<M extends SpecificRecord>(ReflectionFailure failure, Usage usage) implements Reflection<M> {

        /** Without an answer that cost anything. */
        public Failed(ReflectionFailure failure) {
            this(failure, Usage.NONE);
        }
    }
}
