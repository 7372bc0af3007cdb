package io.memoryreflector.systemtests.faults;

import io.memoryreflector.localstack.Part;
import java.time.Duration;
import java.util.List;

/**
 * Something that goes wrong, and when or for how long.
 *
 * @param parts that it hits; none where it hits the network
 * @param hold how long it stays so; of a kill, how long after its share of the interactions it comes
 */
record Fault(Kind kind, List<Part> parts, Duration hold) {

    /** What goes wrong. */
    enum Kind {
        /** SIGKILL to each at the end of the hold, and a new start. */
        KILL,
        /** SIGSTOP to each, and SIGCONT. */
        PAUSE,
        /** Every connection to ingest-service is reset, several times. */
        CUT,
        /** Connections to ingest-service stay open and carry nothing, and are then reset. */
        HALF_OPEN,
        /** A second reflector comes up, and the first is killed under it. */
        TAKE_OVER,
        /** A second reflector comes up, stands still for longer than its session and wakes up as a ghost. */
        GHOST,
        /** Each program in turn is asked to stop and started again. */
        ROLLING_RESTART,
        /** Redis has no memory left and refuses writes. */
        REDIS_FULL,
        /** An operator stops the sink of the long term and starts it again. */
        SINK_STOPPED
    }

    @Override
    public String toString() {
        return kind + (parts.isEmpty() ? "" : " " + parts) + (hold.isZero() ? "" : " " + hold.toMillis() + " ms");
    }
}
