package io.memoryreflector.benchmarks.ingest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Offers work at a fixed pace, whether what was offered before is done or not. What takes long is counted from when it was
 * due, so nothing that waits behind it looks fast.
 */
final class Paced {

    private static final Duration LAST = Duration.ofSeconds(30);

    private Paced() {}

    /** How long each took, in ms, shortest first. */
    static double[] offer(int perSecond, Duration time, Supplier<CompletableFuture<?>> work) throws Exception {
        var count = (int) (perSecond * time.toMillis() / 1_000);
        var gap = TimeUnit.SECONDS.toNanos(1) / perSecond;
        var took = new double[count];
        List<CompletableFuture<?>> offered = new ArrayList<>(count);
        var begun = System.nanoTime();
        for (var i = 0; i < count; i++) {
            var number = i;
            var due = begun + i * gap;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            offered.add(work.get().thenRun(() -> took[number] = (System.nanoTime() - due) / 1e6));
        }
        CompletableFuture.allOf(offered.toArray(CompletableFuture[]::new)).get(LAST.toSeconds(), TimeUnit.SECONDS);
        Arrays.sort(took);
        return took;
    }

    static double p99(double[] sorted) {
        return sorted[(int) Math.ceil(0.99 * sorted.length) - 1];
    }
}
