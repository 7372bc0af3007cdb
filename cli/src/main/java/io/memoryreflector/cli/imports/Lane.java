package io.memoryreflector.cli.imports;

import io.memoryreflector.cli.imports.Entry.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The items of some users in their order, one batch under way at a time. The reader puts, the lane's thread runs. */
final class Lane {

    private static final int BATCHES_AHEAD = 2;
    private static final long WAIT_MS = 100;

    private final Bounds bounds;
    private final BatchSender sender;
    private final Semaphore memory;
    private final BlockingQueue<Item> waiting;
    private volatile boolean ended;

    /** @param memory permits of bytes that all lanes share; the lane gives back what the reader took */
    Lane(Bounds bounds, BatchSender sender, Semaphore memory) {
        this.bounds = bounds;
        this.sender = sender;
        this.memory = memory;
        this.waiting = new ArrayBlockingQueue<>(bounds.batchItems() * BATCHES_AHEAD);
    }

    /** Takes one more item; false where there is no room within a moment. */
    boolean offer(Item item) throws InterruptedException {
        return waiting.offer(item, WAIT_MS, TimeUnit.MILLISECONDS);
    }

    /** No item comes after this. */
    void end() {
        ended = true;
    }

    /** Sends until the end; never waits for a batch to fill up. */
    void run() throws InterruptedException {
        for (var batch = batch(); !batch.isEmpty(); batch = batch()) {
            sender.send(batch);
            memory.release(batch.stream().mapToInt(Item::size).sum());
        }
    }

    /** What is there; nothing only at the end. */
    private List<Item> batch() throws InterruptedException {
        var batch = new ArrayList<Item>();
        var first = next();
        if (first == null) {
            return batch;
        }
        batch.add(first);
        var bytes = first.json().length;
        while (batch.size() < bounds.batchItems()) {
            var item = waiting.peek();
            if (item == null || bytes + item.json().length > bounds.batchBytes()) {
                break;
            }
            bytes += item.json().length;
            batch.add(waiting.remove());
        }
        return batch;
    }

    private Item next() throws InterruptedException {
        while (true) {
            // Read before the queue: what was put before the end is found after it.
            var last = ended;
            var item = waiting.poll(WAIT_MS, TimeUnit.MILLISECONDS);
            if (item != null || last) {
                return item;
            }
        }
    }
}
