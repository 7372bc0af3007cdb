package io.memoryreflector.ingest.interactions;

import io.memoryreflector.events.Interaction;

/** What became of one interaction on its way into the log. */
sealed interface Outcome {

    /** The interaction as it was understood. */
    Interaction interaction();

    /** Whether this very interaction is safe now: in the log, or on disk on its way there. */
    default boolean isSafe() {
        return this instanceof Queued || this instanceof Spooled;
    }

    /** Kafka acknowledged it. */
    record Queued(Interaction interaction) implements Outcome {}

    /** Kafka did not take it in time; it is in the outbox. */
    record Spooled(Interaction interaction) implements Outcome {}

    /** The log has it already. */
    record Duplicate(Interaction interaction) implements Outcome {}

    /** Its id belongs to another user's interaction. */
    record Foreign(Interaction interaction) implements Outcome {}

    /**
     * Neither Kafka nor the outbox took it.
     *
     * @param reason why the outbox did not, in words for the caller
     */
    record Unavailable(Interaction interaction, String reason) implements Outcome {}
}
