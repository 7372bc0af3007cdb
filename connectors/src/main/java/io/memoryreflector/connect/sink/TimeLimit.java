package io.memoryreflector.connect.sink;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Ends waits that have no end of their own: the registry's client waits for ever for a server that takes a connection
 * and says nothing. Runs the work in a thread of its own, one at a time; to be used by one thread.
 */
final class TimeLimit implements AutoCloseable {

    private final ThreadPoolExecutor worker;
    private final Duration limit;

    TimeLimit(Duration limit) {
        this.limit = limit;
        this.worker =
                new ThreadPoolExecutor(1, 1, 0, TimeUnit.MILLISECONDS, new ArrayBlockingQueue<>(1), TimeLimit::daemon);
    }

    /**
     * Does the work and throws what it throws.
     *
     * @param server that the work may wait for, in words
     * @throws NoAnswer if it takes longer than the limit; it is interrupted
     */
    <T> T call(String server, Supplier<T> work) {
        try {
            var future = worker.submit(work::get);
            try {
                return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            } finally {
                future.cancel(true);
            }
        } catch (TimeoutException | RejectedExecutionException e) {
            throw new NoAnswer(server, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectException("interrupted while waiting for " + server, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new ConnectException(e.getCause());
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "sink-decoding");
        thread.setDaemon(true);
        return thread;
    }
}
