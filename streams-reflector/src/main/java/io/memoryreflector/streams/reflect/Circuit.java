package io.memoryreflector.streams.reflect;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.memoryreflector.events.Tier;
import io.memoryreflector.reflection.Reflection;
import io.memoryreflector.reflection.ReflectionFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a tier's provider is worth asking. It opens when most calls fail or the provider says that it is down; after a
 * while a few calls go through, and it closes once they succeed. While it is not closed a failure is the provider's, so
 * no task uses up an attempt.
 *
 * <p>Calls count in the order in which they began, not in which they end: a refusal comes at once and an answer takes
 * seconds, so that after every start of many calls the first to end are those that fail. One that hangs thus holds up what
 * the calls after it say, until its time-out at most. Thread-safe.
 */
public final class Circuit {

    private static final Logger LOG = LoggerFactory.getLogger(Circuit.class);
    private static final int CALLS_LOOKED_AT = 20;
    private static final int CALLS_AT_LEAST = 6;
    private static final float FAILED_PERCENT = 80;
    private static final int TRIAL_CALLS = 3;

    private final CircuitBreaker breaker;

    /** Calls whose end, or that of one before them, is not counted yet. Guarded by this. */
    private final Deque<Call> begun = new ArrayDeque<>();

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
        breaker.getEventPublisher().onStateTransition(event -> {
            var states = event.getStateTransition();
            LOG.warn("{}: the circuit was {} and is {}", name, states.getFromState(), states.getToState());
            // What began before says nothing about now.
            begun.clear();
        });
    }

    /** A call that may be made, if the provider is worth asking; it has to be ended or released. */
    public synchronized Optional<Call> begin() {
        if (!breaker.tryAcquirePermission()) {
            return Optional.empty();
        }
        var call = new Call();
        begun.add(call);
        return Optional.of(call);
    }

    /** One call of the provider. Thread-safe. */
    public final class Call {

        private Runnable end;

        private Call() {}

        /** The call is not made after all. */
        public void release() {
            end(breaker::releasePermission);
        }

        /** Takes note of how the call ended. */
        public void ended(Reflection<?> reflection, Duration took) {
            if (reflection instanceof Reflection.Failed<?> failed
                    && !(failed.failure() instanceof ReflectionFailure.Permanent)) {
                end(() -> breaker.onError(
                        took.toNanos(), TimeUnit.NANOSECONDS, failed.failure().cause()));
                if (failed.failure() instanceof ReflectionFailure.ProviderDown down) {
                    open(down.retryAfter());
                }
            } else {
                end(() -> breaker.onSuccess(took.toNanos(), TimeUnit.NANOSECONDS));
            }
        }

        private void end(Runnable how) {
            synchronized (Circuit.this) {
                end = how;
                for (var first = begun.peek(); first != null && first.end != null; first = begun.peek()) {
                    begun.remove();
                    first.end.run();
                }
            }
        }
    }

    private synchronized void open(Duration openFor) {
        breaker.transitionToOpenStateFor(openFor);
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
