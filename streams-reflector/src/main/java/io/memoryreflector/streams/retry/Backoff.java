package io.memoryreflector.streams.retry;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long a task waits before its next attempt: exponential with a cap and a jitter of a fifth either way, and never
 * less than what the provider asked for. Thread-safe if its random generator is.
 *
 * @param base the first delay, {@code REFLECTION_RETRY_DELAY}
 * @param cap the longest delay, {@code REFLECTION_RETRY_MAX_DELAY}
 * @param random source of the jitter
 */
public record Backoff(Duration base, Duration cap, RandomGenerator random) {

    /**
     * @param attempts failed attempts so far, at least one
     * @param retryAfter what the provider asked for
     */
    public Duration delay(int attempts, Optional<Duration> retryAfter) {
        var exponent = Math.min(attempts - 1, 30);
        var exponential = Math.min((double) base.toMillis() * (1L << exponent), cap.toMillis());
        var jittered = Duration.ofMillis(Math.round(exponential * random.nextDouble(0.8, 1.2)));
        return retryAfter.filter(asked -> asked.compareTo(jittered) > 0).orElse(jittered);
    }
}
