package io.memoryreflector.benchmarks.measure;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Takes the rate of the middle of a piece of work: neither its start nor its last, slow users. */
public final class Pace {

    private static final double FROM = 0.3;
    private static final double TO = 0.8;
    private static final Duration BETWEEN = Duration.ofMillis(250);
    private static final Duration MOST = Duration.ofMinutes(5);

    private Pace() {}

    /**
     * Watches until all is done.
     *
     * @param done how many pieces are done so far
     */
    public static Sample of(long all, Callable<Long> done) throws Exception {
        var deadline = System.nanoTime() + MOST.toNanos();
        var from = new Point(0, 0);
        var to = new Point(0, 0);
        while (true) {
            var point = new Point(System.nanoTime(), done.call());
            if (point.count() < FROM * all) {
                from = point;
            }
            if (point.count() < TO * all) {
                to = point;
            }
            if (point.count() >= all) {
                return Sample.perSecond(to.count() - from.count(), to.at() - from.at());
            }
            if (point.at() > deadline) {
                throw new IllegalStateException("only " + point.count() + " of " + all + " are done after " + MOST);
            }
            TimeUnit.NANOSECONDS.sleep(BETWEEN.toNanos()); // Asking costs what is measured.
        }
    }

    private record Point(long at, long count) {}
}
