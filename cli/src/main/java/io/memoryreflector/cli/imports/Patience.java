package io.memoryreflector.cli.imports;

import io.memoryreflector.cli.service.NoAnswer;
import io.memoryreflector.cli.service.ServiceFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How long to wait between attempts, and when to give up: counted from the last attempt that succeeded. For one thread. */
final class Patience {

    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int MAX_DOUBLINGS = 10;

    private final Duration giveUpAfter;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final RandomGenerator random;
    private Instant since;
    private int failures;

    /** @param giveUpAfter how long nothing may succeed */
    Patience(Duration giveUpAfter, InstantSource clock, Sleeper sleeper, RandomGenerator random) {
        this.giveUpAfter = giveUpAfter;
        this.clock = clock;
        this.sleeper = sleeper;
        this.random = random;
    }

    /** Waits; {@link Thread#sleep} outside tests. */
    @FunctionalInterface
    interface Sleeper {

        void sleep(Duration duration) throws InterruptedException;
    }

    /** An attempt succeeded. */
    void succeeded() {
        since = null;
        failures = 0;
    }

    /**
     * An attempt failed: waits before the next, at least as long as the service asks for.
     *
     * @throws NoAnswer where the time is over
     */
    void failed(ServiceFailure failure, Optional<Duration> retryAfter) throws InterruptedException {
        var now = clock.instant();
        since = since == null ? now : since;
        var left = giveUpAfter.minus(Duration.between(since, now));
        if (left.isNegative() || left.isZero()) {
            throw new NoAnswer(
                    "gave up after " + giveUpAfter.toSeconds() + " s without success: " + failure.getMessage(),
                    failure);
        }
        var wait = longer(delay(failures++), retryAfter.orElse(Duration.ZERO));
        sleeper.sleep(wait.compareTo(left) < 0 ? wait : left);
    }

    /** Half of it is chance, so that lanes that failed together do not come back together. */
    private Duration delay(int failuresBefore) {
        var doubled = FIRST.multipliedBy(1L << Math.min(failuresBefore, MAX_DOUBLINGS))
                .toMillis();
        var bounded = Math.min(doubled, LONGEST.toMillis());
        return Duration.ofMillis(bounded / 2 + random.nextLong(bounded / 2 + 1));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
