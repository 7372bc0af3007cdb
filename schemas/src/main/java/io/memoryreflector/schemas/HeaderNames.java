package io.memoryreflector.schemas;

/** Names of the Kafka headers that the project sets or carries. Headers are set, never appended. */
public final class HeaderNames {

    /** W3C trace context, taken up at every entrance and carried to the memories. */
    public static final String TRACEPARENT = "traceparent";

    /** The client's {@code Idempotency-Key}. */
    public static final String IDEMPOTENCY_KEY = "idempotency-key";

    /** The operator's job that replayed a record. */
    public static final String REPLAY_JOB = "reflector-replay-job";

    /** The dead letter that a replayed record was, so that another failure is the same dead letter. */
    public static final String DEAD_LETTER_ID = "reflector-dead-letter-id";

    /** Of a replayed task: attempts that were made before the replay and do not count, in decimal digits. */
    public static final String ATTEMPTS_BEFORE = "reflector-attempts-before";

    /**
     * On a record of {@code reflector.retry} without a value: the delayed task to be sent on now, as {@code
     * tier/due/interaction_id} with the due time in milliseconds since 1970.
     */
    public static final String RETRY_NOW = "reflector-retry-now";

    /**
     * On a record of {@code reflector.tasks.semantic} without a value: a fact of another reflector that was promoted, as
     * {@code memory.semantic} has it, so that the lane knows it. Sealed as there.
     */
    public static final String LEARNT = "reflector-learnt";

    /** On what was promoted: the action of {@code reflector.shadow.actions} that did it. */
    public static final String PROMOTION = "reflector-promotion";

    /**
     * On a replayed record of {@code memory.interactions}: the id that was made for it where it stood first, if its
     * producer gave it none, so that it stays the same interaction.
     */
    public static final String INTERACTION_ID = "reflector-interaction-id";

    private HeaderNames() {}
}
