package io.memoryreflector.systemtests.scale;

import io.memoryreflector.schemas.env.Environment;
import java.time.Duration;

/**
 * How a run goes.
 *
 * @param tasks {@code TASKS} that wait when a reflector is killed
 * @param standbys {@code STANDBYS} of each store
 * @param latency {@code LATENCY_MS} of each call
 * @param workers {@code WORKERS}: calls in flight of each reflector; few, so that the tasks still wait when all are in
 */
record RecoveryPlan(int tasks, int standbys, Duration latency, int workers) {

    static final int TIERS = 3;

    private static final int TASKS_OF_A_USER = 60;
    private static final int MORE_THAN_ARE_CALLED = 50_000;

    static RecoveryPlan from(Environment environment) {
        return new RecoveryPlan(
                environment.integer("TASKS", 1_000_000, 1_000, 10_000_000),
                environment.integer("STANDBYS", 1, 0, 1),
                Duration.ofMillis(environment.integer("LATENCY_MS", 500, 10, 60_000)),
                environment.integer("WORKERS", 32, 1, 1_000));
    }

    int interactions() {
        return (tasks + Math.min(MORE_THAN_ARE_CALLED, tasks / 10)) / TIERS + 1;
    }

    int usersInEach(int partitions) {
        return Math.max(1, interactions() * TIERS / TASKS_OF_A_USER / partitions);
    }
}
