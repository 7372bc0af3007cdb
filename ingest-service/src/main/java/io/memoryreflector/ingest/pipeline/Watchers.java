package io.memoryreflector.ingest.pipeline;

import io.memoryreflector.ingest.problem.RequestProblem;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Those who watch the pipeline, each on a thread of its own, so that a slow one holds up nobody. Ends before the web
 * server does, which would wait for streams that have no end. Thread-safe.
 */
@Component
final class Watchers implements SmartLifecycle {

    private static final int MOST = 32;
    private static final Duration EVERY = Duration.ofSeconds(1);

    /** After it, whoever still looks comes again, with a key that is looked at again. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final Set<SseEmitter> emitters = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(0, MOST, 60, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                var thread = new Thread(task, "pipeline-watcher");
                thread.setDaemon(true);
                return thread;
            });
    private volatile boolean running;

    /**
     * Sends what there is to see every second.
     *
     * @throws RequestProblem 503 where too many watch already
     */
    SseEmitter watch(Supplier<?> view) {
        // The end is ours: the container's timeout would answer a problem into the stream.
        var emitter = new SseEmitter(0L);
        emitters.add(emitter);
        emitter.onCompletion(() -> emitters.remove(emitter));
        emitter.onError(failure -> emitters.remove(emitter));
        try {
            threads.execute(() -> send(emitter, view));
        } catch (RejectedExecutionException e) {
            emitters.remove(emitter);
            throw RequestProblem.unavailable(MOST + " watch already. Try again later.", RETRY_AFTER);
        }
        return emitter;
    }

    private void send(SseEmitter emitter, Supplier<?> view) {
        var end = System.nanoTime() + LONGEST.toNanos();
        try {
            while (running && emitters.contains(emitter) && System.nanoTime() < end) {
                emitter.send(SseEmitter.event().name("pipeline").data(view.get(), MediaType.APPLICATION_JSON));
                TimeUnit.MILLISECONDS.sleep(EVERY.toMillis());
            }
            emitter.complete();
        } catch (IOException | IllegalStateException gone) {
            // Whoever watched has left; the container ends the request.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            emitter.complete();
        } catch (RuntimeException failure) {
            emitter.completeWithError(failure);
        } finally {
            emitters.remove(emitter);
        }
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        threads.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
