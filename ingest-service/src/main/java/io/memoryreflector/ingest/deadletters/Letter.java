package io.memoryreflector.ingest.deadletters;

import io.memoryreflector.events.DeadLetter;
import java.util.Optional;

/** One record of {@code reflector.dlq}, whoever parked it. */
sealed interface Letter {

    /** What lists show of it. */
    Heading heading();

    /** What was parked. */
    Original original();

    /** Stack trace of the failure, where it was kept. */
    Optional<String> stackTrace();

    /** Of the record in it, the same however often it was replayed and whoever else parked it. */
    default String sourceId() {
        return heading().id();
    }

    /** Parked by a lane or by the intake, which read the record and gave it up. */
    record Processed(Heading heading, Original original, DeadLetter event) implements Letter {

        @Override
        public Optional<String> stackTrace() {
            return Optional.ofNullable(event.getStackTrace());
        }
    }

    /** Bytes that are no event, parked by Kafka Streams' own dead-letter support. */
    record Poison(Heading heading, Original original, Optional<String> stackTrace) implements Letter {}

    /**
     * A record that a sink's store or converter refused, parked by Kafka Connect.
     *
     * @param sourceId of the record that was refused: two sinks that refuse one record are two letters with one source
     */
    record Refused(Heading heading, Original original, Optional<String> stackTrace, String sourceId)
            implements Letter {}

    /** Something else that lies on the topic: shown, so that it is not overlooked; it has no source to go back to. */
    record Stray(Heading heading, Original original) implements Letter {

        @Override
        public Optional<String> stackTrace() {
            return Optional.empty();
        }
    }
}
