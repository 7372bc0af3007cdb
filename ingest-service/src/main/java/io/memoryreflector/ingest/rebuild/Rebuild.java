package io.memoryreflector.ingest.rebuild;

import java.time.Instant;
import java.util.Optional;

/**
 * How far a rebuild is.
 *
 * @param number of what it builds, higher than of all before of its target; of the graph, its generation
 * @param done records of the log that were read, of so many there were when it was last looked
 * @param refused records that nobody can read or write, which the sink has parked as well
 * @param error what it failed of
 */
record Rebuild(
        String id,
        Target target,
        long number,
        Phase phase,
        long done,
        long total,
        long refused,
        Instant startedAt,
        Optional<Instant> endedAt,
        Optional<String> error) {

    /** What is under way, in this order. A process that dies in one is followed by another that begins it again. */
    enum Phase {
        /** What an earlier rebuild left is deleted. */
        CLEARING,
        /** The log is read; reads and writes are served by what is in use. */
        READING,
        /** The new one is in use; what was written into the old one while it took its place is read once more. */
        SWITCHED,
        /** The one before is deleted. */
        DROPPING,
        DONE,
        FAILED;

        boolean isOver() {
            return this == DONE || this == FAILED;
        }

        boolean isAfterTheSwitch() {
            return this == SWITCHED || this == DROPPING;
        }
    }

    Rebuild in(Phase next) {
        return new Rebuild(id, target, number, next, done, total, refused, startedAt, endedAt, error);
    }

    Rebuild reached(long nowDone, long nowTotal, long nowRefused) {
        return new Rebuild(id, target, number, phase, nowDone, nowTotal, nowRefused, startedAt, endedAt, error);
    }

    Rebuild ended(Phase how, Instant at, String why) {
        return new Rebuild(
                id, target, number, how, done, total, refused, startedAt, Optional.of(at), Optional.ofNullable(why));
    }
}
