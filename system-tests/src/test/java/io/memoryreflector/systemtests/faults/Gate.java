package io.memoryreflector.systemtests.faults;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Lets writers send only so far, so that each fault meets its share of the interactions, and no more than the system
 * can have under way. Thread-safe.
 */
final class Gate {

    private static final long LOOK_MS = 50;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final long window;
    private final LongSupplier done;
    private long limit;
    private long sent;
    private boolean closed;

    /**
     * @param window interactions that may be sent and not done
     * @param done how many are
     */
    Gate(long window, LongSupplier done) {
        this.window = window;
        this.done = done;
    }

    /** Waits for room; false once the run is over. */
    boolean enter(int interactions) throws InterruptedException {
        lock.lock();
        try {
            while (!closed && (sent >= limit || sent - done.getAsLong() >= window)) {
                moved.await(LOOK_MS, TimeUnit.MILLISECONDS);
            }
            sent += interactions;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** How many may be sent in all. */
    void open(long total) {
        lock.lock();
        try {
            limit = total;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more is sent. */
    void close() {
        lock.lock();
        try {
            closed = true;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }
}
