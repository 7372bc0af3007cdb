package io.memoryreflector.ingest.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded queue with one thread that empties it in batches. While work comes from many at once, it lingers for what
 * comes next, as a producer does: each batch costs a round trip and two threads that are woken, whatever is in it. What does
 * not fit is refused, so it must be work that can be missed.
 *
 * <p>Threading: {@link #offer} from any thread; the consumer runs on the drain's own thread only.
 */
public final class Drain<T> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
    private static final int BATCH = 256;
    private static final Duration IDLE = Duration.ofMillis(200);
    private static final Duration LINGER = Duration.ofMillis(2);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final BlockingQueue<T> queue;
    private final Consumer<List<T>> consumer;
    private final Thread thread;
    private volatile boolean closing;

    /** Starts the thread. */
    public Drain(String name, int capacity, Consumer<List<T>> consumer) {
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.consumer = consumer;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
        this.thread.start();
    }

    /** Queues one piece of work; false where there is no room. */
    public boolean offer(T work) {
        return !closing && queue.offer(work);
    }

    /** Empties the queue and ends the thread, in bounded time. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(CLOSING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var batch = new ArrayList<T>(BATCH);
        var isBusy = false;
        while (!closing || !queue.isEmpty()) {
            try {
                var first = queue.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    if (isBusy && queue.size() < BATCH) {
                        LockSupport.parkNanos(LINGER.toNanos());
                    }
                    batch.add(first);
                    queue.drainTo(batch, BATCH - 1);
                    isBusy = batch.size() > 1;
                    consumer.accept(List.copyOf(batch));
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("{}: a batch of {} was given up", thread.getName(), batch.size(), e);
            } finally {
                batch.clear();
            }
        }
    }
}
