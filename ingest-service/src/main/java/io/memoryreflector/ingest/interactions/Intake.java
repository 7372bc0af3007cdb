package io.memoryreflector.ingest.interactions;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.ingest.redis.Acceptances;
import io.memoryreflector.ingest.redis.TierOneWrites;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The way of an interaction: asked for at the status board, then written to tier 1 and to the log side by side. It is
 * in only when Kafka says so. Thread-safe; {@link #begin} sends and {@link Begun#await} waits, so that many can be
 * under way at once.
 */
@Component
final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    /** Above the producer's own bounds, which end every send. */
    private static final Duration ACKNOWLEDGEMENT = Duration.ofSeconds(60);

    /** So that a recall right after the answer finds the turn in tier 1; normally it is there before Kafka's answer. */
    private static final Duration TIER_ONE = Duration.ofMillis(100);

    private final Acceptances acceptances;
    private final TierOneWrites tierOne;
    private final InteractionLog log;

    Intake(Acceptances acceptances, TierOneWrites tierOne, InteractionLog log) {
        this.acceptances = acceptances;
        this.tierOne = tierOne;
        this.log = log;
    }

    /** An interaction under way. */
    interface Begun {

        /** What became of it; waits in bounded time, on one thread. */
        Outcome await();
    }

    /** Sends the interaction unless the log has it or its id is taken. */
    Begun begin(Interaction interaction, InteractionLog.CallHeaders headers) {
        return switch (acceptances.accept(interaction)) {
            case DUPLICATE -> () -> new Outcome.Duplicate(interaction);
            case FOREIGN -> () -> new Outcome.Foreign(interaction);
            case NEW -> send(interaction, headers);
        };
    }

    private Begun send(Interaction interaction, InteractionLog.CallHeaders headers) {
        var acknowledged = log.append(interaction, headers);
        var remembered = acknowledged.isCompletedExceptionally()
                ? CompletableFuture.<Void>completedFuture(null)
                : tierOne.remember(interaction);
        acknowledged.whenComplete((ok, refused) -> {
            if (refused == null) {
                acceptances.acknowledged(interaction);
            } else {
                acceptances.withdraw(interaction);
            }
        });
        return () -> {
            if (!ended(acknowledged)) {
                return new Outcome.Unavailable(interaction);
            }
            remembered
                    .completeOnTimeout(null, TIER_ONE.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            return new Outcome.Queued(interaction);
        };
    }

    private static boolean ended(CompletableFuture<Void> acknowledged) {
        try {
            acknowledged.get(ACKNOWLEDGEMENT.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException refused) {
            LOG.warn("Kafka did not take an interaction: {}", refused.toString());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
