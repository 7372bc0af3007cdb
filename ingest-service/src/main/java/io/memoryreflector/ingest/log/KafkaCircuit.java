package io.memoryreflector.ingest.log;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Whether Kafka is there. It is not until the start has prepared it; afterwards one send that is not acknowledged in time
 * is enough to send nothing more, because the outbox costs a caller less than another wait. Only {@link #probe} closes
 * the circuit again, so that no request is the one that finds out. Thread-safe.
 */
@Component
public final class KafkaCircuit {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaCircuit.class);

    private final CircuitBreaker breaker = CircuitBreaker.of(
            "kafka",
            CircuitBreakerConfig.custom()
                    .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                    .slidingWindowSize(1)
                    .minimumNumberOfCalls(1)
                    .waitDurationInOpenState(Duration.ofMillis(500))
                    .permittedNumberOfCallsInHalfOpenState(1)
                    .ignoreException(InteractionLog::isHopeless)
                    .writableStackTraceEnabled(false)
                    .build());

    private volatile boolean prepared;

    KafkaCircuit() {
        breaker.getEventPublisher()
                .onStateTransition(event -> tell(event.getStateTransition()))
                .onError(event -> LOG.debug("kafka: {}", event.getThrowable().toString()));
    }

    /** Only what an operator wants to know: not each time that Kafka was asked in vain. */
    private static void tell(CircuitBreaker.StateTransition transition) {
        switch (transition) {
            case CLOSED_TO_OPEN -> LOG.warn("Kafka did not take an interaction in time: interactions go to the outbox");
            case HALF_OPEN_TO_CLOSED -> LOG.warn("Kafka is back");
            default -> LOG.debug("kafka: {}", transition);
        }
    }

    /** Topics, schema and metadata are there: from now on sends are worth trying. */
    void prepared() {
        prepared = true;
    }

    /** Whether Kafka is believed to be there. */
    public boolean isClosed() {
        return prepared && breaker.getState() == CircuitBreaker.State.CLOSED;
    }

    /** Makes the call where the circuit lets it, and takes note of how it ends; else the future has failed already. */
    CompletableFuture<Void> record(Supplier<CompletableFuture<Void>> call) {
        return breaker.executeCompletionStage(call::get).toCompletableFuture();
    }

    /**
     * Asks Kafka whether it is back, unless it was asked a moment ago; a Kafka that answers closes the circuit.
     *
     * @param question throws {@link KafkaException} where Kafka does not answer
     * @return whether the circuit is closed
     */
    public boolean probe(Runnable question) {
        if (prepared && !isClosed()) {
            try {
                breaker.executeRunnable(question);
            } catch (KafkaException | CallNotPermittedException away) {
                return false;
            }
        }
        return isClosed();
    }
}
