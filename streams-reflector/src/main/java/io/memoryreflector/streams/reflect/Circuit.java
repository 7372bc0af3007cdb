package io.memoryreflector.streams.reflect;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.memoryreflector.events.Tier;
import io.memoryreflector.reflection.Reflection;
import io.memoryreflector.reflection.ReflectionFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Whether a tier's provider is worth asking. It opens when most calls fail or the provider says that it is down; after a
 * while a few calls go through, and it closes once they succeed. While it is not closed a failure is the provider's, so
 * no task uses up an attempt. Thread-safe.
 */
public final class Circuit {

    private static final int CALLS_LOOKED_AT = 20;
    private static final int CALLS_AT_LEAST = 6;
    private static final float FAILED_PERCENT = 80;
    private static final int TRIAL_CALLS = 3;

    private final CircuitBreaker breaker;

    /** @param openFor how long it stays open before calls are tried */
    public Circuit(Tier tier, Duration openFor, Clock clock) {
        this(tier.name().toLowerCase(Locale.ROOT), openFor, clock);
    }

    /** One of calls that are no tier's. */
    public Circuit(String name, Duration openFor, Clock clock) {
        var config = CircuitBreakerConfig.custom()
                .slidingWindow(CALLS_LOOKED_AT, CALLS_AT_LEAST, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(FAILED_PERCENT)
                .waitDurationInOpenState(openFor)
                .permittedNumberOfCallsInHalfOpenState(TRIAL_CALLS)
                .clock(clock)
                .build();
        breaker = CircuitBreaker.of("reflector-" + name, config);
    }

    /** Whether a call may start; if so, {@link #record} or {@link #release} has to follow. */
    public boolean tryAcquire() {
        return breaker.tryAcquirePermission();
    }

    /** The call does not start after all. */
    public void release() {
        breaker.releasePermission();
    }

    /** Takes note of how a call ended. */
    public void record(Reflection<?> reflection, Duration took) {
        if (reflection instanceof Reflection.Failed<?> failed
                && !(failed.failure() instanceof ReflectionFailure.Permanent)) {
            breaker.onError(
                    took.toNanos(), TimeUnit.NANOSECONDS, failed.failure().cause());
            if (failed.failure() instanceof ReflectionFailure.ProviderDown down) {
                breaker.transitionToOpenStateFor(down.retryAfter());
            }
        } else {
            breaker.onSuccess(took.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Whether the provider is taken to be well. */
    public boolean isClosed() {
        return breaker.getState() == CircuitBreaker.State.CLOSED;
    }

    /** 0 closed, 1 half open, 2 open. */
    public int state() {
        return switch (breaker.getState()) {
            case HALF_OPEN -> 1;
            case OPEN, FORCED_OPEN -> 2;
            default -> 0;
        };
    }
}
