package io.memoryreflector.ingest.deadletters;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;

/** Steps that run at the same time, a bounded number of them. Steps end by themselves in bounded time. */
final class InFlight {

    private final Semaphore permits;
    private final int bound;

    InFlight(int bound) {
        this.bound = bound;
        this.permits = new Semaphore(bound);
    }

    /**
     * Starts a step as soon as there is room.
     *
     * @param step that may throw instead of failing
     * @param ended is told the failure, or null; it may run on another thread
     */
    void start(Supplier<CompletableFuture<Void>> step, Consumer<Throwable> ended) {
        acquire(1);
        CompletableFuture<Void> running;
        try {
            running = step.get();
        } catch (RuntimeException failure) {
            running = CompletableFuture.failedFuture(failure);
        }
        running.whenComplete((done, failure) -> {
            try {
                ended.accept(failure);
            } finally {
                permits.release();
            }
        });
    }

    /** Waits until all steps have ended. */
    void await() {
        acquire(bound);
        permits.release(bound);
    }

    private void acquire(int count) {
        try {
            permits.acquire(count);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
