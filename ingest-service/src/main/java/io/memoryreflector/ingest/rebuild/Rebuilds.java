package io.memoryreflector.ingest.rebuild;

import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.ingest.rebuild.Rebuild.Phase;
import io.memoryreflector.schemas.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;

/**
 * Sees to it that a rebuild that was asked for is done, by whichever instance lives: one thread looks for one that nobody
 * works on, and works on it. What fails is tried again, before the switch for five minutes without any step forward.
 * Thread-safe.
 */
public final class Rebuilds implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Rebuilds.class);
    private static final Duration GIVES_UP_AFTER = Duration.ofMinutes(5);
    private static final long LOOKS_EVERY_MS = 5_000;
    private static final long HOLDS_EVERY_MS = 3_000;
    private static final long CLOSE_MS = 5_000;

    private final RebuildBook book;
    private final BiFunction<String, BooleanSupplier, Rebuilding> work;
    private final InstantSource clock;
    private final Map<String, Trouble> troubles = new HashMap<>();
    private ScheduledExecutorService thread;
    private volatile boolean running;

    /** @param work of an owner, told when it has to stop */
    Rebuilds(RebuildBook book, BiFunction<String, BooleanSupplier, Rebuilding> work, InstantSource clock) {
        this.book = book;
        this.work = work;
        this.clock = clock;
    }

    private record Trouble(long done, Instant since) {}

    /**
     * Begins one.
     *
     * @throws RequestProblem 409 while another is under way
     */
    Rebuild begin(Target target) {
        var begun = book.begin(Ids.timeOrdered(clock.instant()), target)
                .orElseThrow(
                        () -> RequestProblem.of(
                                HttpStatus.CONFLICT,
                                "A rebuild is under way. Look at it with GET /api/v1/rebuilds, and ask again when it has ended."));
        synchronized (this) {
            if (thread != null) {
                thread.execute(this::look);
            }
        }
        return begun;
    }

    /** @throws RequestProblem 404 if there is none */
    Rebuild find(String id) {
        return book.find(id)
                .orElseThrow(() -> RequestProblem.of(
                        HttpStatus.NOT_FOUND, "rebuild_id: got '" + id + "', which nobody has begun"));
    }

    List<Rebuild> list() {
        return book.list();
    }

    @Override
    public synchronized void start() {
        running = true;
        thread = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "rebuild"));
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
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void look() {
        var owner = UUID.randomUUID().toString();
        try {
            book.list().stream()
                    .filter(rebuild -> !rebuild.phase().isOver())
                    .map(Rebuild::id)
                    .findFirst()
                    .flatMap(id -> book.hold(id, owner))
                    .ifPresent(rebuild -> goOn(rebuild, owner));
        } catch (RuntimeException e) {
            LOG.debug("nobody can say whether a rebuild is under way: {}", e.toString());
        }
    }

    private void goOn(Rebuild rebuild, String owner) {
        LOG.info("rebuild {} of {}: {}", rebuild.id(), rebuild.target().text(), rebuild.phase());
        var holder = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "rebuild-hold"));
        holder.scheduleAtFixedRate(
                () -> keep(rebuild.id(), owner), HOLDS_EVERY_MS, HOLDS_EVERY_MS, TimeUnit.MILLISECONDS);
        try {
            var done = work.apply(owner, () -> !running).run(rebuild);
            LOG.info("rebuild {} is done: {} records read, {} refused", done.id(), done.done(), done.refused());
        } catch (RebuildBook.Overtaken e) {
            LOG.info("{}", e.getMessage());
        } catch (Rebuilding.Stopped e) {
            LOG.info("rebuild {} is left to the next process", rebuild.id());
        } catch (RuntimeException e) {
            if (running) {
                failed(rebuild, owner, e);
            }
        } finally {
            holder.shutdownNow();
            book.letGo(rebuild.id(), owner);
        }
    }

    /** A step may take longer than a rebuild is held for. */
    private void keep(String id, String owner) {
        try {
            book.keep(id, owner);
        } catch (RuntimeException e) {
            LOG.debug("rebuild {} could not be kept: {}", id, e.toString());
        }
    }

    private static Thread daemon(Runnable task, String name) {
        var daemon = new Thread(task, name);
        daemon.setDaemon(true);
        return daemon;
    }

    private void failed(Rebuild begun, String owner, RuntimeException why) {
        var now = clock.instant();
        var rebuild = book.find(begun.id()).orElse(begun);
        var trouble = troubles.get(rebuild.id());
        if (trouble == null || trouble.done() != rebuild.done()) {
            trouble = new Trouble(rebuild.done(), now);
            troubles.put(rebuild.id(), trouble);
        }
        // After the switch what is in use lacks what only the rest of the work brings.
        if (rebuild.phase().isAfterTheSwitch()
                || Duration.between(trouble.since(), now).compareTo(GIVES_UP_AFTER) < 0) {
            LOG.warn("rebuild {} is tried again", rebuild.id(), why);
            return;
        }
        LOG.error("rebuild {} has failed", rebuild.id(), why);
        troubles.remove(rebuild.id());
        book.write(rebuild.ended(Phase.FAILED, now, why.toString()), owner);
    }
}
