package io.memoryreflector.systemtests.dashboards;

import io.memoryreflector.systemtests.http.MemoryApi;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Users who write and recall until this is closed. */
final class Load implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Load.class);
    private static final long EVERY_MS = 200;
    private static final int USERS = 7;
    private static final long CLOSE_SECONDS = 10;

    private final ScheduledExecutorService turns = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger number = new AtomicInteger();
    private final MemoryApi api;

    private Load(MemoryApi api) {
        this.api = api;
    }

    static Load on(String ingestUrl) {
        var load = new Load(new MemoryApi(URI.create(ingestUrl)));
        load.turns.scheduleWithFixedDelay(load::turn, 0, EVERY_MS, TimeUnit.MILLISECONDS);
        return load;
    }

    private void turn() {
        var turn = number.incrementAndGet();
        var user = "user-" + turn % USERS;
        var text = "I moved to town number " + turn + " last week.";
        try {
            api.post(Map.of("user_id", user, "session_id", "session-" + turn, "user_message", text));
            api.recall(user, "Where do I live?", 5);
        } catch (UncheckedIOException noAnswer) {
            LOG.warn("no answer to turn {}, going on with the next", turn, noAnswer);
        }
    }

    @Override
    public void close() {
        turns.shutdown();
        try {
            turns.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
