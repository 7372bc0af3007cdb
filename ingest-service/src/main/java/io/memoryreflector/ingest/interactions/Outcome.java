package io.memoryreflector.ingest.interactions;

import io.memoryreflector.events.Interaction;

/** What became of one interaction on its way into the log. */
sealed interface Outcome {

    /** The interaction as it was understood. */
    Interaction interaction();

    /** Kafka acknowledged it. */
    record Queued(Interaction interaction) implements Outcome {}

    /** The log has it already. */
    record Duplicate(Interaction interaction) implements Outcome {}

    /** Its id belongs to another user's interaction. */
    record Foreign(Interaction interaction) implements Outcome {}

    /** Kafka did not acknowledge it in time. */
    record Unavailable(Interaction interaction) implements Outcome {}
}
