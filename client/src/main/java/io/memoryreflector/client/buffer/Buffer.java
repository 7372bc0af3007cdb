package io.memoryreflector.client.buffer;

import io.memoryreflector.events.Priority;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.MpmcArrayQueue;

/**
 * What waits for the sender, bounded by entries and by bytes; first in, first out. The last tenth is kept for what is
 * HIGH or URGENT. Thread-safe and without locks: a thread that loses its core in the middle holds nobody up.
 */
public final class Buffer {

    private static final int KEPT_FOR_URGENT = 10;

    private final MpmcArrayQueue<Operation> queue;
    private final AtomicLong bytes = new AtomicLong();
    private final long maxBytes;
    private volatile Thread sleeper;

    /**
     * @param entries rounded up to a power of two
     * @param maxBytes about; one more operation than fits is taken where nothing waits
     */
    public Buffer(int entries, long maxBytes) {
        this.queue = new MpmcArrayQueue<>(entries);
        this.maxBytes = maxBytes;
    }

    /** Takes an operation, or says that there is no room. */
    public boolean offer(Operation operation) {
        var size = operation.size();
        var urgent = isUrgent(operation.draft().priority());
        if (!urgent && queue.size() >= queue.capacity() - queue.capacity() / KEPT_FOR_URGENT) {
            return false;
        }
        var before = bytes.getAndAdd(size);
        var most = urgent ? maxBytes : maxBytes - maxBytes / KEPT_FOR_URGENT;
        if (before > 0 && before + size > most || !queue.offer(operation)) {
            bytes.addAndGet(-size);
            return false;
        }
        wake();
        return true;
    }

    /** The first that waits; null where none does. */
    public Operation poll() {
        var operation = queue.poll();
        if (operation != null) {
            bytes.addAndGet(-operation.size());
        }
        return operation;
    }

    /** How many wait. */
    public int size() {
        return queue.size();
    }

    /** Whether nothing waits. */
    public boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Whether more than half of it is taken. */
    public boolean isHalfFull() {
        return queue.size() > queue.capacity() / 2 || bytes.get() > maxBytes / 2;
    }

    /** Whether it has no room for what is not urgent. */
    public boolean isFull() {
        return queue.size() >= queue.capacity() - queue.capacity() / KEPT_FOR_URGENT
                || bytes.get() >= maxBytes - maxBytes / KEPT_FOR_URGENT;
    }

    /** Has the one sender sleep until something is offered, or for this long. */
    public void sleepWhileEmpty(long nanos) {
        sleeper = Thread.currentThread();
        if (queue.isEmpty()) {
            LockSupport.parkNanos(this, nanos);
        }
        sleeper = null;
    }

    /** Waking costs microseconds, so the sender sleeps here only when it has been idle. */
    private void wake() {
        var sleeping = sleeper;
        if (sleeping != null) {
            sleeper = null;
            LockSupport.unpark(sleeping);
        }
    }

    private static boolean isUrgent(Priority priority) {
        return priority == Priority.HIGH || priority == Priority.URGENT;
    }
}
