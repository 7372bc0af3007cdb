package io.memoryreflector.client;

import java.time.Duration;
import java.util.Optional;

/**
 * What became of an operation. Each operation gets one result that is its last; before it, one that went to disk gets
 * {@link Spilled}.
 */
public sealed interface OperationResult {

    /** Which operation. */
    OperationId id();

    /**
     * The log has it, or ingest-service has answered for it.
     *
     * @param position where in {@code memory.interactions}; empty over HTTP
     * @param took from the call of {@code collect} to the answer
     */
    record Sent(OperationId id, Optional<Position> position, Duration took) implements OperationResult {}

    /** @param partition of {@code memory.interactions} */
    record Position(int partition, long offset) {}

    /**
     * It cannot be an interaction, and never will be.
     *
     * @param field the field that is wrong, as in the API
     * @param message what it got and what it takes
     */
    record Refused(OperationId id, String field, String message) implements OperationResult {}

    /** It was given up. */
    record Dropped(OperationId id, Reason reason) implements OperationResult {}

    /** It is on this machine's disk, and is sent on from there, also after a crash. */
    record Spilled(OperationId id) implements OperationResult {}

    /**
     * It was not sent, because it repeats another one that was.
     *
     * @param first the other one; the same id where the caller gave it
     */
    record Duplicate(OperationId id, OperationId first) implements OperationResult {}

    /** Why an operation was given up. */
    enum Reason {
        /** The buffer was full when it came. */
        BUFFER_FULL,
        /** A later one took its place in the full buffer. */
        DISPLACED,
        /** The buffer was still full after the wait that the settings allow. */
        WAITED_IN_VAIN,
        /** The collector was closed, and it had not left this process. */
        CLOSED,
        /** The collector was closed before an answer came: the log may have it or not. */
        UNCONFIRMED,
        /** The log refused it, for the caller's rights for example; the collector's log has the error. */
        NOT_TAKEN
    }
}
