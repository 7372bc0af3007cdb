package io.memoryreflector.cli.imports;

import io.memoryreflector.cli.imports.Entry.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Lanes at work. The first that fails ends them all. For one thread, the reader's; the lanes run on their own. */
final class Lanes implements AutoCloseable {

    private static final long WAIT_MS = 100;
    private static final long END_SECONDS = 5;

    private final Bounds bounds;
    private final Semaphore memory;
    private final ExecutorService threads;
    private final List<Lane> lanes = new ArrayList<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** @param senders makes one for each lane */
    Lanes(Bounds bounds, Supplier<BatchSender> senders) {
        this.bounds = bounds;
        this.memory = new Semaphore(bounds.underWayBytes());
        this.threads = Executors.newFixedThreadPool(bounds.lanes());
        for (var i = 0; i < bounds.lanes(); i++) {
            var lane = new Lane(bounds, senders.get(), memory);
            lanes.add(lane);
            threads.execute(() -> run(lane));
        }
    }

    /**
     * Hands over one item; waits where the lanes are behind.
     *
     * @throws RuntimeException what ended a lane
     */
    void put(Item item) throws InterruptedException {
        while (!memory.tryAcquire(item.size(), WAIT_MS, TimeUnit.MILLISECONDS)) {
            failIfALaneHas();
        }
        var lane = lanes.get(Math.floorMod(item.user().hashCode(), lanes.size()));
        do {
            failIfALaneHas();
        } while (!lane.offer(item));
    }

    /**
     * Says that no item comes after this, and waits until all are settled.
     *
     * @param meanwhile called now and then
     * @throws RuntimeException what ended a lane
     */
    void finish(Runnable meanwhile) throws InterruptedException {
        lanes.forEach(Lane::end);
        threads.shutdown();
        while (!threads.awaitTermination(WAIT_MS, TimeUnit.MILLISECONDS)) {
            meanwhile.run();
        }
        failIfALaneHas();
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Lane lane) {
        try {
            lane.run();
        } catch (InterruptedException | RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            threads.shutdownNow();
        }
    }

    private void failIfALaneHas() {
        var thrown = failure.get();
        if (thrown instanceof InterruptedException) {
            throw new CancellationException("interrupted");
        }
        if (thrown instanceof RuntimeException known) {
            throw known;
        }
        if (thrown != null) {
            throw new CompletionException(thrown);
        }
    }
}
