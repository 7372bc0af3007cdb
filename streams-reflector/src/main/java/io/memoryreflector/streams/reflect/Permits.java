package io.memoryreflector.streams.reflect;

import java.util.concurrent.Semaphore;

/**
 * The calls that may be in flight at once in this process, over all lanes and partitions: keys are skewed, so a share
 * for each task would leave permits unused. Thread-safe; never blocks.
 */
public final class Permits {

    private final Semaphore semaphore;
    private final int total;

    /** @param total {@code REFLECTION_WORKERS} */
    public Permits(int total) {
        this.total = total;
        this.semaphore = new Semaphore(total);
    }

    /** Takes one permit if there is one. */
    public boolean tryAcquire() {
        return semaphore.tryAcquire();
    }

    /** Gives one permit back. */
    public void release() {
        semaphore.release();
    }

    /** Permits taken at this moment. */
    public int taken() {
        return total - semaphore.availablePermits();
    }
}
