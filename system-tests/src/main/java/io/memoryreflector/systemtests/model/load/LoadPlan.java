package io.memoryreflector.systemtests.model.load;

import io.memoryreflector.schemas.env.Environment;
import java.time.Duration;

/**
 * How a load run goes.
 *
 * @param workers {@code WORKERS}: calls in flight
 * @param latency {@code LATENCY_MS} of each call
 * @param warmUp {@code WARM_UP_SECONDS} of as many calls in flight as there may be, while the JVM compiles, that do not
 *     count yet
 * @param measured {@code MEASURED_SECONDS} of steady state that count
 * @param sequential {@code SEQUENTIAL_SECONDS} that the consumer beside it runs; 0 for not at all
 * @param backlog {@code BACKLOG}: tasks that wait when an urgent interaction comes; 0 for the other kind of run
 * @param wholeStack {@code WHOLE_STACK}: whether stores, sinks and REST run on the same cores too
 */
record LoadPlan(
        int workers,
        Duration latency,
        Duration warmUp,
        Duration measured,
        Duration sequential,
        int backlog,
        boolean wholeStack) {

    static final int TIERS = 3;

    /** Longest time from the first call to as many calls in flight as there may be. */
    static final Duration RAMP = Duration.ofSeconds(60);

    private static final int USERS_A_WORKER = 6;
    private static final double TO_SPARE = 1.3;

    static LoadPlan from(Environment environment) {
        return new LoadPlan(
                environment.integer("WORKERS", 512, 1, 10_000),
                Duration.ofMillis(environment.integer("LATENCY_MS", 1_000, 1, 60_000)),
                Duration.ofSeconds(environment.integer("WARM_UP_SECONDS", 90, 15, 3_600)),
                Duration.ofSeconds(environment.integer("MEASURED_SECONDS", 60, 5, 3_600)),
                Duration.ofSeconds(environment.integer("SEQUENTIAL_SECONDS", 40, 0, 3_600)),
                environment.integer("BACKLOG", 0, 0, 3_000_000),
                environment.flag("WHOLE_STACK", false));
    }

    /** Calls a second that the latency allows. */
    double ideal() {
        return workers / (latency.toNanos() / 1e9);
    }

    /** Interactions that keep the reflector busy for the ramp, the warm-up, the measured time and a while more. */
    int interactions() {
        if (backlog > 0) {
            return (int) (backlog * TO_SPARE / TIERS) + 1;
        }
        var busy = RAMP.toSeconds() / 2 + warmUp.toSeconds() + measured.toSeconds();
        return (int) (ideal() * busy * TO_SPARE / TIERS);
    }

    /** Enough that at any time many have work that is not under way. */
    int users() {
        return Math.min(interactions(), workers * USERS_A_WORKER);
    }
}
