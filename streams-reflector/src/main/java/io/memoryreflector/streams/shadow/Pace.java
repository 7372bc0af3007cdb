package io.memoryreflector.streams.shadow;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * How fast interactions are taken up: so many a second over all consumers of the process, none while the live reflector is
 * behind, and none while too much waits in the lanes, so that a log of any length never waits there as a whole. Never
 * blocks. Thread-safe.
 */
public final class Pace {

    /** Tasks that may wait in the lanes of a process. */
    static final int MOST_PENDING = 10_000;

    private static final int FASTEST_POLL = 500;

    private final Bucket bucket;
    private final int perSecond;
    private final BooleanSupplier liveIsBehind;
    private final IntSupplier pending;

    /**
     * @param perSecond 0 for no limit
     * @param liveIsBehind whether the live reflector has work to catch up with
     * @param pending tasks that wait in the lanes of this process
     */
    public Pace(int perSecond, BooleanSupplier liveIsBehind, IntSupplier pending) {
        this(perSecond, liveIsBehind, pending, TimeMeter.SYSTEM_NANOTIME);
    }

    Pace(int perSecond, BooleanSupplier liveIsBehind, IntSupplier pending, TimeMeter clock) {
        this.perSecond = perSecond;
        this.liveIsBehind = liveIsBehind;
        this.pending = pending;
        this.bucket = perSecond == 0
                ? null
                : Bucket.builder()
                        .withCustomTimePrecision(clock)
                        .addLimit(Bandwidth.builder()
                                .capacity(perSecond)
                                .refillGreedy(perSecond, Duration.ofSeconds(1))
                                .build())
                        .build();
    }

    /** Whether more may be taken up now. */
    boolean isOpen() {
        return !liveIsBehind.getAsBoolean()
                && pending.getAsInt() < MOST_PENDING
                && (bucket == null || bucket.getAvailableTokens() > 0);
    }

    /** So many were taken up; what was more than there was room for is waited for later. */
    void taken(int interactions) {
        if (bucket != null && interactions > 0) {
            bucket.consumeIgnoringRateLimits(interactions);
        }
    }

    /** The most that one look at the log may bring, so that what is too much at once stays small. */
    int atOnce() {
        return perSecond == 0 ? FASTEST_POLL : Math.min(perSecond, FASTEST_POLL);
    }
}
