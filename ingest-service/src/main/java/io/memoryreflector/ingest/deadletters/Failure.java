package io.memoryreflector.ingest.deadletters;

import java.time.Instant;

/**
 * Why a record was parked.
 *
 * @param reason {@code exhausted}, {@code permanent}, {@code poison}, {@code refused} by a sink or {@code unreadable}
 * @param kind of the last failure: {@code transient}, {@code permanent}, {@code provider_down} or {@code poison}
 * @param message null where the error has none
 * @param attempts made before it was parked; 0 where nobody counted
 */
record Failure(
        String reason, String kind, String errorClass, String message, int attempts, Instant firstAt, Instant lastAt) {}
