package io.memoryreflector.ingest.redis;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Calls to Redis that may go without: after a few failures none is tried for two seconds, so that a dead Redis costs a
 * request nothing. Thread-safe.
 */
@Component
public final class RedisGuard {

    private static final Logger LOG = LoggerFactory.getLogger(RedisGuard.class);

    private final CircuitBreaker breaker = CircuitBreaker.of(
            "redis",
            CircuitBreakerConfig.custom()
                    .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                    .slidingWindowSize(20)
                    .minimumNumberOfCalls(8)
                    .failureRateThreshold(50)
                    .waitDurationInOpenState(Duration.ofSeconds(2))
                    .permittedNumberOfCallsInHalfOpenState(1)
                    .recordExceptions(JedisException.class)
                    .writableStackTraceEnabled(false)
                    .build());

    RedisGuard() {
        breaker.getEventPublisher()
                .onStateTransition(event -> LOG.warn("redis: {}", event.getStateTransition()))
                .onError(event -> LOG.debug("redis: {}", event.getThrowable().toString()));
    }

    /** What Redis says, or {@code otherwise} where it does not answer. */
    public <T> T callOr(T otherwise, Supplier<T> call) {
        try {
            return breaker.executeSupplier(call);
        } catch (JedisException | CallNotPermittedException away) {
            return otherwise;
        }
    }

    /** Runs the call; whether Redis took it. */
    public boolean run(Runnable call) {
        return callOr(false, () -> {
            call.run();
            return true;
        });
    }
}
