package io.memoryreflector.ingest.deadletters;

import io.memoryreflector.ingest.access.Caller;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.schemas.Ids;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs jobs, a few at a time, and remembers the last ones in memory. A job that ends with the process leaves each of
 * its letters as it was or as it was to be; its id is in the events of those. Thread-safe.
 */
final class Jobs implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    private static final int AT_ONCE = 2;
    private static final int WAITING = 16;
    private static final int REMEMBERED = 1_000;
    private static final Duration END = Duration.ofSeconds(5);

    private final ThreadPoolExecutor executor =
            new ThreadPoolExecutor(AT_ONCE, AT_ONCE, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), work -> {
                var thread = new Thread(work, "dead-letter-job");
                thread.setDaemon(true);
                return thread;
            });
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private final InstantSource clock;

    Jobs(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Starts a job.
     *
     * @param target the state that its letters are to be in
     * @param by whoever wants it
     * @throws RequestProblem 503 if too many wait already
     */
    Job start(LetterState target, Selection selection, Caller by, Consumer<Job> work) {
        var job = new Job(Ids.timeOrdered(clock.instant()), target, selection, by, clock);
        remember(job);
        try {
            executor.execute(() -> run(job, work));
        } catch (RejectedExecutionException e) {
            forget(job);
            throw RequestProblem.unavailable(WAITING + " jobs wait already. Try again later.", END);
        }
        return job;
    }

    /** A job that the caller may know of. */
    synchronized Optional<Job> find(String id, Caller caller) {
        return Optional.ofNullable(jobs.get(id)).filter(job -> job.isFor(caller));
    }

    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(END.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("a job of dead letters did not end within {}", END);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(Job job, Consumer<Job> work) {
        LOG.info(
                "job {}: {} dead letters are to be {}",
                job.id(),
                job.selection().size(),
                job.target());
        try {
            work.accept(job);
            job.end();
        } catch (RuntimeException failure) {
            job.breakOff(failure);
        }
        LOG.info(
                "job {}: {} of {} dead letters are {}, {} skipped, {} failed",
                job.id(),
                job.sent(),
                job.selection().size(),
                job.target(),
                job.skipped(),
                job.failed());
    }

    private synchronized void remember(Job job) {
        jobs.put(job.id(), job);
        var ended = jobs.values().iterator();
        while (jobs.size() > REMEMBERED && ended.hasNext()) {
            if (ended.next().endedAt().isPresent()) {
                ended.remove();
            }
        }
    }

    private synchronized void forget(Job job) {
        jobs.remove(job.id());
    }
}
