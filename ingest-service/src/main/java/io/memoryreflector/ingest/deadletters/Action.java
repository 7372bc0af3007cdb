package io.memoryreflector.ingest.deadletters;

import io.memoryreflector.events.DeadLetterAction;
import io.memoryreflector.events.DeadLetterActionKind;
import java.time.Instant;

/**
 * What an operator did with a letter that lay at one place.
 *
 * @param state that it has been in since
 * @param transformed whether another value than the original one was sent
 * @param reason as the operator gave it; null without one
 */
record Action(
        LetterState state, String jobId, int partition, long offset, boolean transformed, Instant at, String reason) {

    static Action of(DeadLetterAction event) {
        return new Action(
                event.getAction() == DeadLetterActionKind.REPLAYED ? LetterState.REPLAYED : LetterState.DISCARDED,
                event.getJobId(),
                event.getLetterPartition(),
                event.getLetterOffset(),
                event.getTransformed(),
                event.getActedAt(),
                event.getReason());
    }

    /** Whether it was done with the letter at this place: one that was parked later is not meant. */
    boolean meant(Place place) {
        return partition == place.partition() && offset == place.offset();
    }

    /** Whether this is the same deed, told again. */
    boolean same(Action other) {
        return jobId.equals(other.jobId)
                && state == other.state
                && partition == other.partition
                && offset == other.offset;
    }
}
