package io.memoryreflector.streams.reflect;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that make calls, one for each call that is in flight: virtual ones where Java has them, from 21 on. Permits
 * bound the calls, so neither threads nor a queue are bounded here: a stream thread must never have to make a call.
 */
public final class CallThreads {

    private static final long IDLE_S = 30;

    private CallThreads() {}

    /** A new set of threads, none of which keeps the process alive. */
    public static ExecutorService start() {
        try {
            return virtual();
        } catch (ReflectiveOperationException e) {
            return platform();
        }
    }

    /** As Java 17 does not know them, they are asked for by name. */
    private static ExecutorService virtual() throws ReflectiveOperationException {
        var builder = Thread.class.getMethod("ofVirtual").invoke(null);
        var factory =
                Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
        return (ExecutorService) Executors.class
                .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                .invoke(null, factory);
    }

    private static ExecutorService platform() {
        var number = new AtomicInteger();
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_S, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    var thread = new Thread(task, "reflector-call-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }
}
