package io.memoryreflector.schemas;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * How much computes at once: work in hand is done before the next is begun, as side by side on one core each takes as long
 * as all. Whoever came first goes first. Thread-safe.
 */
public final class Cores {

    private final Semaphore free;

    private Cores(int number) {
        free = new Semaphore(number, true);
    }

    /** As much as there are cores. */
    public static Cores all() {
        return new Cores(Runtime.getRuntime().availableProcessors());
    }

    /**
     * A core less, for threads that carry requests and answers: each of their steps would else wait for a core until one
     * that computes has used up its turn. One at least.
     */
    public static Cores allButOne() {
        return new Cores(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
    }

    /** Computes once a core is free. The work must wait for nothing, and never ask for a core again. */
    public <T> T compute(Supplier<T> work) {
        free.acquireUninterruptibly(); // Those before it only compute.
        try {
            return work.get();
        } finally {
            free.release();
        }
    }
}
