package io.memoryreflector.systemtests.scale;

import io.memoryreflector.schemas.env.Environment;
import java.time.Duration;

/**
 * How a run goes.
 *
 * @param workers {@code WORKERS}: calls in flight of each reflector; twelve are what two cores hold of three reflectors,
 *     Kafka and the model, while three JVMs compile
 * @param latency {@code LATENCY_MS} of each call
 * @param measured {@code MEASURED_SECONDS} of one reflector, and of three
 */
record ScalePlan(int workers, Duration latency, Duration measured) {

    static final int INSTANCES = 3;
    static final int TIERS = 3;

    /** For all that is not measured, as if one did it alone: starts, warm-up, moves, a kill, a stop. */
    private static final int BESIDE_S = 600;

    private static final int USERS_A_CALL = 6;

    /** What every build runs. */
    static final ScalePlan SHORT = new ScalePlan(8, Duration.ofMillis(200), Duration.ofSeconds(10));

    static ScalePlan from(Environment environment) {
        return new ScalePlan(
                environment.integer("WORKERS", 12, 1, 10_000),
                Duration.ofMillis(environment.integer("LATENCY_MS", 200, 1, 60_000)),
                Duration.ofSeconds(environment.integer("MEASURED_SECONDS", 60, 5, 3_600)));
    }

    /** Calls a second that the latency allows one reflector. */
    double ideal() {
        return workers / (latency.toNanos() / 1e9);
    }

    /** Enough that nobody runs out of work before all is over. */
    int interactions() {
        return (int) (ideal() * ((1 + INSTANCES) * measured.toSeconds() + BESIDE_S) / TIERS);
    }

    int usersInEach(int partitions) {
        return Math.max(1, INSTANCES * workers * USERS_A_CALL / partitions);
    }
}
