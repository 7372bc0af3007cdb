package io.memoryreflector.schemas;

/** Names of the Kafka headers that the project sets or carries. Headers are set, never appended. */
public final class HeaderNames {

    /** W3C trace context, taken up at every entrance and carried to the memories. */
    public static final String TRACEPARENT = "traceparent";

    /** The client's {@code Idempotency-Key}. */
    public static final String IDEMPOTENCY_KEY = "idempotency-key";

    /** The operator's job that replayed a record. */
    public static final String REPLAY_JOB = "reflector-replay-job";

    private HeaderNames() {}
}
