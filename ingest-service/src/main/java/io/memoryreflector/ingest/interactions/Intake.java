package io.memoryreflector.ingest.interactions;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.ingest.config.ServiceSettings;
import io.memoryreflector.ingest.log.CallHeaders;
import io.memoryreflector.ingest.log.InteractionLog;
import io.memoryreflector.ingest.outbox.Outbox;
import io.memoryreflector.ingest.outbox.OutboxUnavailable;
import io.memoryreflector.ingest.redis.Acceptances;
import io.memoryreflector.ingest.redis.TierOneWrites;
import io.memoryreflector.ingest.tail.LogTail;
import io.memoryreflector.schemas.UserKey;
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
 * in when Kafka says so; where Kafka does not say so in time, or is known to be away, or has not yet got what the user
 * sent before, it goes to the outbox and is in when it lies on disk. Thus what a user was told of in turn reaches the
 * log in turn. Thread-safe; {@link #begin} sends and {@link Begun#await} waits, so that many can be under way at once.
 */
@Component
final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    /** A disk that takes longer to sync is as good as none. */
    private static final Duration SYNC = Duration.ofSeconds(5);

    /** So that a recall through another process finds the turn too; normally it is there before Kafka's answer. */
    private static final Duration TIER_ONE = Duration.ofMillis(100);

    private final Acceptances acceptances;
    private final TierOneWrites tierOne;
    private final LogTail tail;
    private final InteractionLog log;
    private final Outbox outbox;
    private final Duration acknowledgement;

    Intake(
            Acceptances acceptances,
            TierOneWrites tierOne,
            LogTail tail,
            InteractionLog log,
            Outbox outbox,
            ServiceSettings settings) {
        this.acceptances = acceptances;
        this.tierOne = tierOne;
        this.tail = tail;
        this.log = log;
        this.outbox = outbox;
        this.acknowledgement = settings.kafkaAckTimeout();
    }

    /** An interaction under way; for one thread. */
    interface Begun {

        /** What became of it; waits in bounded time. */
        Outcome await();

        /** Waits for Kafka in bounded time, and hands what it does not take over to the outbox without waiting for that. */
        default void settle() {}

        /** Whether it is known where it goes; until it is, what comes behind it must not go to the outbox. */
        default boolean isSettled() {
            return true;
        }
    }

    /** Sends the interaction unless the log has it or its id is taken. */
    Begun begin(Interaction interaction, CallHeaders headers) {
        return begin(interaction, headers, false);
    }

    /**
     * Sends the interaction unless the log has it or its id is taken.
     *
     * @param behind whether the same caller has one of the same user under way that is not settled, and which this one
     *     must not overtake through the outbox
     */
    Begun begin(Interaction interaction, CallHeaders headers, boolean behind) {
        return switch (acceptances.accept(interaction)) {
            case DUPLICATE -> () -> new Outcome.Duplicate(interaction);
            case FOREIGN -> () -> new Outcome.Foreign(interaction);
            case NEW -> send(interaction, headers, behind);
        };
    }

    private Begun send(Interaction interaction, CallHeaders headers, boolean behind) {
        var user = new UserKey(interaction.getNamespace(), interaction.getUserId());
        if (!behind && (!log.isOpen() || outbox.holds(user))) {
            return new Spooling(interaction, headers);
        }
        var sent = new Sent(interaction, headers);
        return behind || sent.isSent() ? sent : new Spooling(interaction, headers);
    }

    /** On its way to Kafka, and from there to the outbox if need be. */
    private final class Sent implements Begun {

        private final Interaction interaction;
        private final CallHeaders headers;
        private final CompletableFuture<Void> acknowledged;
        private final CompletableFuture<Void> remembered;
        private boolean settled;
        private Spooling spooling;

        Sent(Interaction interaction, CallHeaders headers) {
            this.interaction = interaction;
            this.headers = headers;
            this.acknowledged = log.append(interaction, headers, acknowledgement);
            this.remembered = isSent() ? tierOne.remember(interaction) : CompletableFuture.<Void>completedFuture(null);
            acknowledged.thenRun(() -> acceptances.acknowledged(interaction));
        }

        boolean isSent() {
            return !acknowledged.isCompletedExceptionally();
        }

        @Override
        public boolean isSettled() {
            return settled;
        }

        @Override
        public void settle() {
            if (!settled && !ended(acknowledged, acknowledgement)) {
                spooling = new Spooling(interaction, headers);
            }
            settled = true;
        }

        @Override
        public Outcome await() {
            settle();
            if (spooling != null) {
                return spooling.await();
            }
            tail.took(interaction);
            awaitTierOne(remembered);
            return new Outcome.Queued(interaction);
        }
    }

    /** On its way to the outbox. */
    private final class Spooling implements Begun {

        private final Interaction interaction;
        private final CompletableFuture<Void> stored;

        Spooling(Interaction interaction, CallHeaders headers) {
            this.interaction = interaction;
            this.stored = outbox.spool(interaction, headers);
        }

        @Override
        public Outcome await() {
            if (ended(stored, SYNC)) {
                tail.took(interaction);
                awaitTierOne(tierOne.remember(interaction));
                return new Outcome.Spooled(interaction);
            }
            acceptances.withdraw(interaction);
            return new Outcome.Unavailable(
                    interaction,
                    stored.isDone()
                            ? stored.handle((ok, failure) -> reason(failure)).join()
                            : "the outbox's disk is too slow");
        }
    }

    private static String reason(Throwable failure) {
        return failure instanceof OutboxUnavailable unavailable ? unavailable.getMessage() : "the outbox fails";
    }

    private static void awaitTierOne(CompletableFuture<Void> remembered) {
        remembered
                .completeOnTimeout(null, TIER_ONE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private static boolean ended(CompletableFuture<Void> future, Duration timeout) {
        try {
            future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException refused) {
            LOG.debug("an interaction was not taken: {}", refused.toString());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
