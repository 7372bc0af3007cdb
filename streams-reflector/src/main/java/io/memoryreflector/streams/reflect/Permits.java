package io.memoryreflector.streams.reflect;

import java.util.concurrent.Semaphore;

/**
 * The calls that may be in flight at once in this process, over all lanes and partitions: keys are skewed, so a share
 * for each task would leave permits unused. A few are out of any one lane's reach, so that a slow tier cannot stop the
 * others. Thread-safe; never blocks.
 */
public final class Permits {

    /** A lane leaves one permit in so many to each of the other two; of fewer than that it may take all. */
    private static final int RESERVED_ONE_IN = 32;

    private static final int OTHER_LANES = 2;

    private final Semaphore all;
    private final int total;
    private final int mostOfALane;

    /** @param total {@code REFLECTION_WORKERS} */
    public Permits(int total) {
        this.total = total;
        this.all = new Semaphore(total);
        this.mostOfALane = total - OTHER_LANES * (total / RESERVED_ONE_IN);
    }

    /** Permits taken at this moment. */
    public int taken() {
        return total - all.availablePermits();
    }

    /** One lane's access, over all its partitions. */
    Lane lane() {
        return new Lane(new Semaphore(mostOfALane));
    }

    /** What one lane may take. */
    final class Lane {

        private final Semaphore own;

        private Lane(Semaphore own) {
            this.own = own;
        }

        /** Takes one permit if there is one. */
        boolean tryAcquire() {
            if (!own.tryAcquire()) {
                return false;
            }
            if (!all.tryAcquire()) {
                own.release();
                return false;
            }
            return true;
        }

        /** Gives one permit back. */
        void release() {
            all.release();
            own.release();
        }
    }
}
