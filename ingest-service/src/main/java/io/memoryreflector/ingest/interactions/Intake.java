package io.memoryreflector.ingest.interactions;

import io.memoryreflector.ingest.config.ServiceSettings;
import io.memoryreflector.ingest.log.CallHeaders;
import io.memoryreflector.ingest.log.InteractionLog;
import io.memoryreflector.ingest.outbox.Outbox;
import io.memoryreflector.ingest.outbox.OutboxUnavailable;
import io.memoryreflector.ingest.redis.Acceptances;
import io.memoryreflector.ingest.redis.TierOneWrites;
import io.memoryreflector.ingest.tail.LogTail;
import io.memoryreflector.store.status.Acceptance;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The way of an interaction: asked for at the status board where it may be there, then written to the log, and from there to
 * tier 1 and the board. It is in when Kafka says so; where Kafka does not say so in time, or is known to be away, or has not yet
 * got what the user sent before, it goes to the outbox and is in when it lies on disk. Thus what a user was told of in turn
 * reaches the log in turn. Thread-safe; {@link #begin} sends and {@link Begun#await} waits, so that many can be
 * under way at once.
 */
@Component
final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    /** A disk that takes longer to sync is as good as none. */
    private static final Duration SYNC = Duration.ofSeconds(5);

    private final Acceptances acceptances;
    private final TierOneWrites tierOne;
    private final LogTail tail;
    private final InteractionLog log;
    private final Outbox outbox;
    private final Duration acknowledgement;
    private final Duration board;

    /** Never the first to end: whatever is waited for has a bound of its own. */
    private final Duration longest;

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
        this.board = settings.redisTimeout();
        this.longest = acknowledgement.plus(board).plus(Acceptances.TIER_ONE);
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

    /** Whether each is new, known to the log, or another user's. Of what has a new id the board need not be asked. */
    List<Acceptance> accept(List<Incoming> incoming) {
        var asked = acceptances
                .accept(incoming.stream()
                        .filter(one -> !one.hasNewId())
                        .map(Incoming::interaction)
                        .toList())
                .iterator();
        return incoming.stream()
                .map(one -> one.hasNewId() ? Acceptance.NEW : asked.next())
                .toList();
    }

    /** Sends the interaction unless the log has it or its id is taken. */
    Begun begin(Incoming incoming, CallHeaders headers) {
        return begin(incoming, accept(List.of(incoming)).get(0), headers, false);
    }

    /**
     * Sends the interaction unless the log has it or its id is taken.
     *
     * @param behind whether the same caller has one of the same user under way that is not settled, and which this one
     *     must not overtake through the outbox
     */
    Begun begin(Incoming incoming, Acceptance acceptance, CallHeaders headers, boolean behind) {
        var interaction = incoming.interaction();
        return switch (acceptance) {
            case DUPLICATE -> () -> new Outcome.Duplicate(interaction);
            case FOREIGN -> () -> new Outcome.Foreign(interaction);
            case NEW -> send(incoming, headers, behind);
        };
    }

    private Begun send(Incoming incoming, CallHeaders headers, boolean behind) {
        if (!behind && (!log.isOpen() || outbox.holds(incoming.user()))) {
            return new Spooling(incoming, headers);
        }
        var sent = new Sent(incoming, headers);
        return behind || sent.isSent() ? sent : new Spooling(incoming, headers);
    }

    /** On its way to Kafka, and from there to the outbox if need be. */
    private final class Sent implements Begun {

        private final Incoming incoming;
        private final CallHeaders headers;
        private final CompletableFuture<Void> acknowledged;
        private final CompletableFuture<Void> shown;
        private boolean settled;
        private Spooling spooling;

        Sent(Incoming incoming, CallHeaders headers) {
            this.incoming = incoming;
            this.headers = headers;
            var interaction = incoming.interaction();
            this.acknowledged = log.append(interaction, headers, acknowledgement);
            // One future for all that is waited for: a thread is woken once. A new id's status is there when it is
            // told.
            this.shown = acknowledged.thenCompose(inLog ->
                    briefly(acceptances.acknowledged(interaction), incoming.hasNewId() ? board : Acceptances.TIER_ONE));
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
            if (!settled && !ended(shown, longest)) {
                spooling = new Spooling(incoming, headers);
            }
            settled = true;
        }

        @Override
        public Outcome await() {
            settle();
            if (spooling != null) {
                return spooling.await();
            }
            tail.took(incoming.interaction());
            return new Outcome.Queued(incoming.interaction());
        }
    }

    /** On its way to the outbox. */
    private final class Spooling implements Begun {

        private final Incoming incoming;
        private final CompletableFuture<Void> stored;

        Spooling(Incoming incoming, CallHeaders headers) {
            this.incoming = incoming;
            this.stored = outbox.spool(incoming.interaction(), headers);
        }

        @Override
        public Outcome await() {
            var interaction = incoming.interaction();
            if (ended(stored, SYNC)) {
                tail.took(interaction);
                if (incoming.hasNewId()) {
                    // Nobody has told the board of it, and the log will not for a while.
                    acceptances.accept(List.of(interaction));
                }
                briefly(tierOne.remember(interaction), Acceptances.TIER_ONE).join();
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

    /** Ends in any case; a timer is started only where there is something to wait for. */
    private static CompletableFuture<Void> briefly(CompletableFuture<Void> future, Duration patience) {
        return future.isDone() ? future : future.completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS);
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
