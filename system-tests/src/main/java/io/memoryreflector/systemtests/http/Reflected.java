package io.memoryreflector.systemtests.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Waits until all that a user sent is recallable. */
public final class Reflected {

    private static final long POLL_MS = 100;

    private Reflected() {}

    /**
     * Returns once at least so many interactions were received and none is pending.
     *
     * @param progress told how many are done, now and then
     * @throws IllegalStateException with the last status once the timeout is over
     */
    public static void await(MemoryApi api, String user, long received, Duration timeout, LongConsumer progress)
            throws InterruptedException {
        var deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            var status = api.userStatus(user);
            var pending = status.path("pending").asLong(Long.MAX_VALUE);
            progress.accept(Math.max(0, status.path("received").asLong(0) - pending));
            if (pending == 0 && status.path("received").asLong(0) >= received) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "after " + timeout + " not all of " + user + " is reflected: " + status);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }
}
