package io.memoryreflector.client;

import java.time.Duration;

/**
 * Is told what becomes of operations, on the thread that found out: the caller's own for what is dropped or repeated at
 * once, the collector's for the rest. Must be thread-safe and must not block; what it throws is logged and has no effect.
 */
public interface CollectorListener {

    /** An operation has a result. */
    default void onResult(OperationResult result) {}

    /** An operation was sent, but took longer than the settings call slow. */
    default void onSlow(OperationId id, Duration took) {}
}
