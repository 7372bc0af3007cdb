package io.memoryreflector.streams.reflect;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * The calls that may be in flight at once in this process, over all lanes and partitions: keys are skewed, so a share
 * for each task would leave permits unused. A few are out of any one lane's reach, so that a slow tier cannot stop the
 * others, and a few are for urgent tasks alone, which so never wait for a call to end. Thread-safe; never blocks.
 */
public final class Permits {

    /** A lane leaves one permit in so many to each of the other two; of fewer than that it may take all. */
    private static final int RESERVED_ONE_IN = 32;

    /** One permit in so many, and one for each tier where there are some, is for urgent tasks alone. */
    private static final int URGENT_ONE_IN = 64;

    private static final int LANES = 3;
    private static final int SOME = 32;

    private final Semaphore ordinary;
    private final Semaphore urgent;
    private final int total;
    private final int mostOfALane;

    /** @param total {@code REFLECTION_WORKERS} */
    public Permits(int total) {
        this.total = total;
        var forUrgent = total < SOME ? 0 : Math.max(LANES, total / URGENT_ONE_IN);
        this.urgent = new Semaphore(forUrgent);
        this.ordinary = new Semaphore(total - forUrgent);
        this.mostOfALane = total - forUrgent - (LANES - 1) * (total / RESERVED_ONE_IN);
    }

    /** Permits taken at this moment. */
    public int taken() {
        return total - ordinary.availablePermits() - urgent.availablePermits();
    }

    /** One lane's access, over all its partitions. */
    Lane lane() {
        return new Lane(new Semaphore(mostOfALane));
    }

    /** Leave to make one call; to be given back once. */
    interface Permit {

        /** Gives it back. */
        void release();

        /** Whether it is for an urgent task only. */
        boolean isUrgent();
    }

    /** What one lane may take. */
    final class Lane {

        private final Permit ordinaryPermit;
        private final Permit urgentPermit = new Taken(List.of(urgent), true);
        private final Semaphore own;

        private Lane(Semaphore own) {
            this.own = own;
            this.ordinaryPermit = new Taken(List.of(ordinary, own), false);
        }

        /** Takes a permit for whatever comes next, or, if there is none, one that is kept for urgent tasks. */
        Optional<Permit> tryAcquire(boolean urgentWaits) {
            if (own.tryAcquire()) {
                if (ordinary.tryAcquire()) {
                    return Optional.of(ordinaryPermit);
                }
                own.release();
            }
            return urgentWaits && urgent.tryAcquire() ? Optional.of(urgentPermit) : Optional.empty();
        }
    }

    private record Taken(List<Semaphore> from, boolean isUrgent) implements Permit {
        @Override
        public void release() {
            from.forEach(Semaphore::release);
        }
    }
}
