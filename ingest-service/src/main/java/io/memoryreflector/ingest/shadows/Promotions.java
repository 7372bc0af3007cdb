package io.memoryreflector.ingest.shadows;

import io.memoryreflector.events.ShadowAction;
import io.memoryreflector.events.ShadowActionKind;
import io.memoryreflector.events.ShadowActionState;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.schemas.Ids;
import io.memoryreflector.schemas.topic.Shadow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;

/**
 * Sees to it that a promotion that was asked for is done, by whichever instance lives. How far it is stands in the log; one
 * of which nothing was heard for some seconds is gone on with by whoever sees it. Should two do so, the later fences the
 * earlier. What fails is tried again, for five minutes without a step forward. Thread-safe.
 */
final class Promotions implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Promotions.class);
    private static final Duration HELD = Duration.ofSeconds(15);
    private static final long TOLD_EVERY_MS = 2_000;
    private static final Duration GIVES_UP_AFTER = Duration.ofMinutes(5);
    private static final Duration READ = Duration.ofSeconds(10);
    private static final long LOOKS_EVERY_MS = 3_000;
    private static final long CLOSE_MS = 5_000;

    private final ShadowActions actions;
    private final Work work;
    private final InstantSource clock;
    private final Map<String, Trouble> troubles = new HashMap<>();
    private ScheduledExecutorService thread;
    private volatile boolean running;

    /** Does one promotion. */
    interface Work {

        /**
         * Does what is left to do of it; returns how it ended.
         *
         * @param progress is told after each user
         */
        ShadowAction run(ShadowAction begun, BooleanSupplier stopping, Consumer<ShadowAction> progress);
    }

    private record Trouble(long done, Instant since) {}

    Promotions(ShadowActions actions, Work work, InstantSource clock) {
        this.actions = actions;
        this.work = work;
        this.clock = clock;
    }

    /**
     * Begins a promotion, or tells of the one that is under way.
     *
     * @param by who asks for it
     * @throws RequestProblem 503 where it cannot be written down
     */
    ShadowAction begin(Shadow shadow, String by) {
        catchUp();
        var last = actions.last(shadow.name()).filter(Promotions::isRunning);
        if (last.isPresent()) {
            return last.get();
        }
        var now = now();
        var action = ShadowAction.newBuilder()
                .setActionId(Ids.timeOrdered(now))
                .setShadow(shadow.name())
                .setKind(ShadowActionKind.PROMOTE)
                .setState(ShadowActionState.RUNNING)
                .setBy(by)
                .setBegunAt(now)
                // Not heard of yet: whoever looks may take it.
                .setAt(Instant.EPOCH)
                .build();
        write(action);
        synchronized (this) {
            if (thread != null) {
                thread.execute(this::look);
            }
        }
        return action;
    }

    private void catchUp() {
        if (!actions.isRead(READ)) {
            throw RequestProblem.unavailable(
                    "Kafka does not answer, so nothing is promised. Ask again.", Duration.ofSeconds(5));
        }
    }

    /** @throws RequestProblem 409 while one is under way */
    void refuseWhileOneRuns(Shadow shadow) {
        catchUp();
        if (actions.last(shadow.name()).filter(Promotions::isRunning).isPresent()) {
            throw RequestProblem.of(
                    HttpStatus.CONFLICT, "A promotion of this shadow is under way. Ask again when it has ended.");
        }
    }

    /** Writes down that a shadow was taken away. */
    void abandoned(Shadow shadow, String by) {
        var now = now();
        write(ShadowAction.newBuilder()
                .setActionId(Ids.timeOrdered(now))
                .setShadow(shadow.name())
                .setKind(ShadowActionKind.ABANDON)
                .setState(ShadowActionState.DONE)
                .setBy(by)
                .setBegunAt(now)
                .setAt(now)
                .build());
    }

    private void write(ShadowAction action) {
        try {
            actions.write(action);
        } catch (KafkaException e) {
            LOG.warn("an action of shadow {} cannot be written: {}", action.getShadow(), e.toString());
            throw RequestProblem.unavailable(
                    "Kafka did not take it in time, so nothing is promised. Ask again.", Duration.ofSeconds(5));
        }
    }

    @Override
    public synchronized void start() {
        running = true;
        actions.start();
        thread = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "promotion"));
        thread.scheduleWithFixedDelay(this::look, LOOKS_EVERY_MS, LOOKS_EVERY_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        ScheduledExecutorService ending;
        synchronized (this) {
            running = false;
            ending = thread;
            thread = null;
        }
        ending.shutdownNow();
        try {
            ending.awaitTermination(CLOSE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        actions.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private static boolean isRunning(ShadowAction action) {
        return action.getKind() == ShadowActionKind.PROMOTE && action.getState() == ShadowActionState.RUNNING;
    }

    private void look() {
        actions.all().stream()
                .filter(Promotions::isRunning)
                .filter(action -> action.getAt().isBefore(clock.instant().minus(HELD)))
                .findFirst()
                .ifPresent(this::goOn);
    }

    private void goOn(ShadowAction begun) {
        LOG.info("promotion {} of shadow {} goes on", begun.getActionId(), begun.getShadow());
        var reached = new AtomicReference<>(begun);
        // A step may take longer than a promotion is held for.
        var teller = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "promotion-progress"));
        teller.scheduleAtFixedRate(() -> tell(reached.get()), 0, TOLD_EVERY_MS, TimeUnit.MILLISECONDS);
        try {
            var done = work.run(begun, () -> !running, reached::set);
            ended(teller);
            end(done, ShadowActionState.DONE, null);
            LOG.info(
                    "promotion {} is done: {} memories added, {} retired",
                    done.getActionId(),
                    done.getAdded(),
                    done.getRetired());
        } catch (WholeTopics.Stopped e) {
            LOG.info("promotion {} is left to the next process", begun.getActionId());
        } catch (ProducerFencedException e) {
            LOG.info("promotion {} is another process's now", begun.getActionId());
        } catch (RuntimeException e) {
            ended(teller);
            if (running) {
                failed(begun, e);
            }
        } finally {
            teller.shutdownNow();
        }
    }

    private void tell(ShadowAction action) {
        try {
            actions.write(ShadowAction.newBuilder(action).setAt(now()).build());
        } catch (RuntimeException e) {
            LOG.debug("how far promotion {} is could not be written: {}", action.getActionId(), e.toString());
        }
    }

    /** Nothing is told any more once this returns. */
    private static void ended(ScheduledExecutorService teller) {
        teller.shutdown();
        try {
            teller.awaitTermination(2 * CLOSE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable task, String name) {
        var daemon = new Thread(task, name);
        daemon.setDaemon(true);
        return daemon;
    }

    private void failed(ShadowAction begun, RuntimeException why) {
        var now = clock.instant();
        var action = actions.all().stream()
                .filter(it -> it.getActionId().equals(begun.getActionId()))
                .findFirst()
                .orElse(begun);
        var trouble = troubles.get(action.getActionId());
        if (trouble == null || trouble.done() != action.getUsersDone()) {
            trouble = new Trouble(action.getUsersDone(), now);
            troubles.put(action.getActionId(), trouble);
        }
        if (Duration.between(trouble.since(), now).compareTo(GIVES_UP_AFTER) < 0) {
            LOG.warn("promotion {} is tried again", action.getActionId(), why);
            return;
        }
        LOG.error("promotion {} has failed", action.getActionId(), why);
        troubles.remove(action.getActionId());
        try {
            end(action, ShadowActionState.FAILED, why.toString());
        } catch (KafkaException e) {
            LOG.warn("that promotion {} has failed cannot be written down", action.getActionId(), e);
        }
    }

    private void end(ShadowAction action, ShadowActionState how, String error) {
        actions.write(ShadowAction.newBuilder(action)
                .setState(how)
                .setAt(now())
                .setError(error)
                .build());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
