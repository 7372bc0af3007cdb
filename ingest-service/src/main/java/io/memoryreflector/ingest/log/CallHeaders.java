package io.memoryreflector.ingest.log;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Headers of a caller's request that travel with the record. Immutable.
 *
 * @param traceparent W3C trace context, if it is one
 * @param idempotencyKey the caller's {@code Idempotency-Key}
 */
public record CallHeaders(Optional<String> traceparent, Optional<String> idempotencyKey) {

    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    /** The headers as they came, null where one is absent; a malformed trace context counts as absent. */
    public static CallHeaders of(String traceparent, String idempotencyKey) {
        return new CallHeaders(
                Optional.ofNullable(traceparent)
                        .filter(value -> TRACEPARENT.matcher(value).matches()),
                Optional.ofNullable(idempotencyKey));
    }
}
