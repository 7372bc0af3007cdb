package io.memoryreflector.ingest.interactions;

import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.ingest.redis.Acceptances;
import io.memoryreflector.store.status.InteractionStatus;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Requests that wait until their interaction is reflected and recallable. No thread waits for one of them: one thread
 * asks the status board for each, again after an eighth of the time that it has waited. Beyond a bound a wait ends at once, as if its time were up.
 *
 * <p>Threading: {@link #reflected} from any thread; futures end on the one thread of this class.
 */
@Component
final class Waits implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Waits.class);
    private static final Set<ReflectionState> FINAL = EnumSet.of(
            ReflectionState.COMPLETED, ReflectionState.PARTIAL, ReflectionState.FAILED, ReflectionState.SKIPPED);
    private static final int MOST = 10_000;
    private static final long SHORTEST_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_NS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final Duration END = Duration.ofSeconds(2);

    private final Acceptances board;
    private final DelayQueue<Wait> waiting = new DelayQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile Thread thread;
    private volatile boolean running;

    Waits(Acceptances board) {
        this.board = board;
    }

    /** Ends with the final status, or empty once the patience is over. */
    CompletableFuture<Optional<InteractionStatus>> reflected(String interactionId, Duration patience) {
        var wait = new Wait(interactionId, System.nanoTime() + patience.toNanos());
        var reflected = wait.reflected.whenComplete((status, failure) -> count.decrementAndGet());
        if (count.incrementAndGet() <= MOST) {
            waiting.add(wait);
        } else {
            wait.end(Optional.empty());
        }
        if (!running) {
            wait.end(Optional.empty());
        }
        return reflected;
    }

    @Override
    public void start() {
        running = true;
        thread = new Thread(this::run, "waits");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends all waits, so that the web server need not wait for them. */
    @Override
    public void stop() {
        running = false;
        thread.interrupt();
        try {
            thread.join(END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        waiting.forEach(wait -> wait.end(Optional.empty()));
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        while (running) {
            try {
                ask(waiting.take());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void ask(Wait wait) {
        try {
            var status = board.find(wait.interactionId).filter(found -> FINAL.contains(found.state()));
            if (status.isPresent() || wait.until - System.nanoTime() <= 0) {
                wait.end(status);
                return;
            }
        } catch (RuntimeException e) {
            // The long term is away, say: it may be back before the patience is over.
            LOG.debug("the status of an interaction cannot be had: {}", e.toString());
            if (wait.until - System.nanoTime() <= 0) {
                wait.end(Optional.empty());
                return;
            }
        }
        wait.later();
        waiting.add(wait);
    }

    /** One request. Only the queue's owner changes it. */
    private static final class Wait implements Delayed {

        private final String interactionId;
        private final long until;
        private final CompletableFuture<Optional<InteractionStatus>> reflected = new CompletableFuture<>();
        private final long begun = System.nanoTime();
        private long due;

        Wait(String interactionId, long until) {
            this.interactionId = interactionId;
            this.until = until;
            later();
        }

        void later() {
            var now = System.nanoTime();
            var next = now + Math.min(LONGEST_NS, Math.max(SHORTEST_NS, (now - begun) / 8));
            due = next - until > 0 ? until : next;
        }

        void end(Optional<InteractionStatus> status) {
            reflected.complete(status);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(due - ((Wait) other).due, 0);
        }
    }
}
