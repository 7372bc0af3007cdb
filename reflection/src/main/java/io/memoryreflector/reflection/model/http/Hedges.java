package io.memoryreflector.reflection.model.http;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Says which calls may be made a second time: one in ten of those in flight, and one where they are fewer. Thread-safe. */
final class Hedges {

    private static final int CALLS_PER_HEDGE = 10;

    private final Optional<Duration> after;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger hedged = new AtomicInteger();

    Hedges(Optional<Duration> after) {
        this.after = after;
    }

    /** When an unanswered call may be made again; never where it is empty. */
    Optional<Duration> after() {
        return after;
    }

    void started() {
        inFlight.incrementAndGet();
    }

    void ended(boolean wasHedged) {
        inFlight.decrementAndGet();
        if (wasHedged) {
            hedged.decrementAndGet();
        }
    }

    /** Takes the leave to hedge a call in flight, which its end gives back. */
    boolean take() {
        var most = Math.max(1, inFlight.get() / CALLS_PER_HEDGE);
        return hedged.getAndUpdate(now -> now < most ? now + 1 : now) < most;
    }
}
