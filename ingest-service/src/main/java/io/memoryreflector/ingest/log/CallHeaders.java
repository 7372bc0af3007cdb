package io.memoryreflector.ingest.log;

import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.schemas.trace.TraceParent;
import io.opentelemetry.api.trace.Span;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Headers of a caller's request that travel with the record. Immutable.
 *
 * @param traceparent W3C trace context, if it is one
 * @param idempotencyKey the caller's {@code Idempotency-Key}
 */
public record CallHeaders(Optional<String> traceparent, Optional<String> idempotencyKey) {

    /** The header that makes a repeat of a request the same request. */
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private static final int MAX_KEY_LENGTH = 256;
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    /**
     * The headers as they came, null where one is absent; a malformed trace context counts as absent. Where requests have
     * spans, that of the request on this thread is what travels on.
     *
     * @throws RequestProblem 400 on a key that is blank or too long
     */
    public static CallHeaders of(String traceparent, String idempotencyKey) {
        if (idempotencyKey != null && (idempotencyKey.isBlank() || idempotencyKey.length() > MAX_KEY_LENGTH)) {
            throw RequestProblem.parameter(
                    IDEMPOTENCY_KEY, "got " + idempotencyKey.length() + " characters, takes 1 to " + MAX_KEY_LENGTH);
        }
        var request = Span.current().getSpanContext();
        return new CallHeaders(
                Optional.ofNullable(request.isValid() ? TraceParent.of(request) : traceparent)
                        .filter(value -> TRACEPARENT.matcher(value).matches()),
                Optional.ofNullable(idempotencyKey));
    }
}
