package io.memoryreflector.connect.rabbitmq;

import java.util.HashSet;
import java.util.Set;

/**
 * How far a channel's deliveries are done without a gap. Tags count from 1, and to acknowledge the last one of a run
 * acknowledges all of it. Holds no more than what is in flight. Pure; not thread-safe.
 */
final class Watermark {

    private final Set<Long> beyond = new HashSet<>();
    private long reached;

    /** Takes note of a delivery; a repeat changes nothing. */
    void done(long tag) {
        if (tag == reached + 1) {
            reached++;
            while (beyond.remove(reached + 1)) {
                reached++;
            }
        } else if (tag > reached) {
            beyond.add(tag);
        }
    }

    /** The last tag up to which all are done; 0 if the first is not. */
    long reached() {
        return reached;
    }
}
