package io.memoryreflector.ingest.retention;

import io.memoryreflector.store.retention.Cleaned;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Sees to the retention as long as the service runs. A thread of its own. */
@Component
final class RetentionJob implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionJob.class);

    /** The start of the service has more urgent things to do. */
    private static final long FIRST_AFTER_MS = 30_000;

    private final Cleanup cleanup;
    private final RetentionSettings settings;
    private ScheduledExecutorService thread;

    RetentionJob(Cleanup cleanup, RetentionSettings settings) {
        this.cleanup = cleanup;
        this.settings = settings;
    }

    @Override
    public synchronized void start() {
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            var daemon = new Thread(task, "retention");
            daemon.setDaemon(true);
            return daemon;
        });
        settings.every().ifPresent(every -> {
            var pause = every.toMillis();
            thread.scheduleWithFixedDelay(this::run, Math.min(pause, FIRST_AFTER_MS), pause, TimeUnit.MILLISECONDS);
        });
    }

    @Override
    public synchronized void stop() {
        thread.shutdownNow();
        thread = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    private void run() {
        try {
            cleanup.runAll()
                    .filter(RetentionJob::didAnything)
                    .ifPresent(cleaned -> LOG.info(
                            "kept for long enough: {} interactions, {} sessions and {} memories cleaned, {} interactions kept"
                                    + " because they are not reflected{}",
                            cleaned.interactions(),
                            cleaned.sessions(),
                            cleaned.memories(),
                            cleaned.kept(),
                            cleaned.isComplete() ? "" : "; the time was up, the next run goes on"));
        } catch (RuntimeException e) {
            // What the end of the service cuts off is nobody's worry.
            if (isRunning()) {
                LOG.warn("retention could not be seen to, trying again: {}", e.toString());
            }
        }
    }

    private static boolean didAnything(Cleaned cleaned) {
        return cleaned.interactions() + cleaned.sessions() + cleaned.memories() + cleaned.kept() > 0
                || !cleaned.isComplete();
    }
}
