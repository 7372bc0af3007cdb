package io.memoryreflector.connect.rabbitmq;

import io.memoryreflector.schemas.serde.RegistryOutage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes records of a batch in a thread of its own, so that a registry which takes a connection and says nothing holds up
 * nobody who only asks for the outcome. One batch at a time, for one thread. What waits for the registry stays here.
 */
final class Conversion implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Conversion.class);

    /** Pause before a registry that does not answer is asked again. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final SourceRecords records;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        var thread = new Thread(task, "rabbitmq-conversion");
        thread.setDaemon(true);
        return thread;
    });
    private Future<List<SourceRecord>> underWay;

    /** @param records is closed with this object */
    Conversion(SourceRecords records) {
        this.records = records;
    }

    /** Whether there is a batch that was begun and not taken. */
    boolean isBusy() {
        return underWay != null;
    }

    /** Begins with a batch. */
    void begin(List<JobMessage> messages, Predicate<JobMessage> wanted) {
        underWay = worker.submit(() -> convert(messages, wanted));
    }

    /** The batch's records; null if they are not ready after so long. */
    List<SourceRecord> take(Duration wait) throws InterruptedException {
        try {
            var done = underWay.get(wait.toMillis(), TimeUnit.MILLISECONDS);
            underWay = null;
            return done;
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            throw new ConnectException("a job cannot be made a record", e.getCause());
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
        records.close();
    }

    private List<SourceRecord> convert(List<JobMessage> messages, Predicate<JobMessage> wanted)
            throws InterruptedException {
        var converted = new ArrayList<SourceRecord>(messages.size());
        var waited = false;
        for (var i = 0; i < messages.size(); ) {
            var message = messages.get(i);
            try {
                if (wanted.test(message)) {
                    converted.add(records.of(message));
                }
                i++;
            } catch (RuntimeException e) {
                if (!RegistryOutage.explains(e)) {
                    throw e;
                }
                if (!waited) {
                    LOG.warn("the schema registry does not answer; the jobs wait and are tried again", e);
                    waited = true;
                }
                // The pause before the registry is asked again; close ends it.
                Thread.sleep(RETRY.toMillis());
            }
        }
        return converted;
    }
}
