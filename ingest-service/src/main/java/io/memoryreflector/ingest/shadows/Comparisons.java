package io.memoryreflector.ingest.shadows;

import io.memoryreflector.ingest.problem.RequestProblem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Comparisons that were asked for, one after the other. One that takes longer than a request goes on without it, and is
 * there for who asks again within a minute. Thread-safe.
 */
final class Comparisons implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Comparisons.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final int MOST = 16;

    private final Work work;
    private final InstantSource clock;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        var daemon = new Thread(task, "shadow-comparison");
        daemon.setDaemon(true);
        return daemon;
    });
    private final Map<Question, Job> jobs = new LinkedHashMap<>();
    private volatile boolean closing;

    /**
     * What is compared.
     *
     * @param namespace empty for all
     * @param examples of each kind and tier, at most
     */
    record Question(String shadow, Optional<String> namespace, int examples) {}

    /** Makes one comparison. */
    interface Work {
        Comparison compare(Question question, BothReflectors.Reading progress, BooleanSupplier stopping);
    }

    /** One comparison, under way or done. */
    static final class Job {

        private final CompletableFuture<Comparison> result = new CompletableFuture<>();
        private volatile long read;
        private volatile long total;
        private volatile Instant endedAt = Instant.MAX;

        long read() {
            return read;
        }

        long total() {
            return total;
        }

        Optional<Comparison> result() {
            return result.isDone() ? Optional.of(result.join()) : Optional.empty();
        }
    }

    Comparisons(Work work, InstantSource clock) {
        this.work = work;
        this.clock = clock;
    }

    /**
     * The comparison, or how far it is after some seconds.
     *
     * @throws RequestProblem 429 while too many others are under way, or what it failed of
     */
    Job ask(Question question) {
        var job = job(question);
        try {
            job.result.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return job;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException) {
                LOG.warn("a comparison cannot be made: {}", e.getCause().toString());
                throw RequestProblem.unavailable("Kafka does not answer. Try again later.", Duration.ofSeconds(5));
            }
            throw e.getCause() instanceof RuntimeException why ? why : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return job;
    }

    private synchronized Job job(Question question) {
        var now = clock.instant();
        jobs.values()
                .removeIf(job -> job.result.isCompletedExceptionally()
                        || job.endedAt != Instant.MAX && job.endedAt.plus(KEPT).isBefore(now));
        var known = jobs.get(question);
        if (known != null) {
            return known;
        }
        if (jobs.size() >= MOST) {
            throw RequestProblem.tooMany(
                    "Too many comparisons are under way. Ask again later.", Duration.ofSeconds(30));
        }
        var job = new Job();
        jobs.put(question, job);
        thread.execute(() -> run(question, job));
        return job;
    }

    private void run(Question question, Job job) {
        try {
            var comparison = work.compare(
                    question,
                    (done, total) -> {
                        job.read = done;
                        job.total = total;
                    },
                    () -> closing);
            job.endedAt = clock.instant();
            job.result.complete(comparison);
        } catch (RuntimeException e) {
            job.result.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        closing = true;
        thread.shutdownNow();
    }
}
