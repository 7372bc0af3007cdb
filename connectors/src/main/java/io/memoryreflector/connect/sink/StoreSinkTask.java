package io.memoryreflector.connect.sink;

import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.serde.Encryption;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topic;
import io.memoryreflector.schemas.trace.OtlpTracing;
import io.memoryreflector.schemas.trace.Tracing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;

/**
 * Carries events into a store in batches, at least once; the store makes a repeat harmless.
 *
 * <p>A store or registry that does not answer is waited for without end: Connect keeps the records and calls again. A
 * record that cannot be decoded, or that the store refuses when it is offered alone, goes where Connect's own
 * dead-letter settings say, and stops the task where they say nothing. All methods belong to the task's thread.
 */
public abstract class StoreSinkTask extends SinkTask {

    private final Outage outage = new Outage();
    private Encryption encryption;
    private EventDecoder decoder;
    private BatchWriter writer;
    private Tracing tracing = Tracing.off();
    private long retryBackoffMs;
    private boolean prepared;

    @Override
    public String version() {
        return "1";
    }

    @Override
    public void start(Map<String, String> properties) {
        var config = new AbstractConfig(definition(), properties);
        encryption = Encryption.ofProcess(EventSerdes.of(config.getString(SinkSettings.SCHEMA_REGISTRY_URL)));
        decoder = new EventDecoder(encryption.serdes().deserializer(), topics());
        tracing = OtlpTracing.from(Environment.ofProcess(), "memory-" + store() + "-sink");
        var spans = new WriteSpans(tracing, store());
        writer = new BatchWriter(config.getInt(SinkSettings.BATCH_SIZE), this::write, this::blame, spans);
        retryBackoffMs = config.getInt(SinkSettings.RETRY_BACKOFF_MS);
        open(config);
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        try {
            prepareOnce();
            var refused = new ArrayList<Refusal>();
            var decoded = decoder.decode(records, refused::add);
            writer.write(decoded, refused::add);
            // Last of all, because what an outage makes Connect bring again must not be parked once more each time.
            refused.forEach(this::park);
            if (!records.isEmpty()) {
                outage.over();
            }
        } catch (NoAnswer e) {
            outage.met(e);
            context.timeout(retryBackoffMs);
            throw new RetriableException(e.getMessage(), e.getCause());
        }
    }

    @Override
    public void stop() {
        try {
            if (decoder != null) {
                decoder.close();
            }
            if (encryption != null) {
                encryption.close();
            }
            tracing.close();
        } finally {
            close();
        }
    }

    /** The store's name among OpenTelemetry's, such as {@code neo4j}. */
    protected abstract String store();

    /** The settings of this sink. */
    protected abstract ConfigDef definition();

    /** The topics whose records this sink can write. */
    protected abstract List<Topic> topics();

    /** Opens the store; connecting may wait until the first write. */
    protected abstract void open(AbstractConfig config);

    /** Makes the store ready for the first write. An error that is not the server's stops the task. */
    protected void prepare() {}

    /** Writes events in their order; a repeat changes nothing. */
    protected abstract void write(Events events);

    /** Whose fault an error of the store is. */
    protected abstract Blame blame(RuntimeException error);

    /** Closes the store; also called if it was never opened. */
    protected abstract void close();

    /** Connect also calls without records, so a store is ready before the first one. */
    private void prepareOnce() {
        if (prepared) {
            return;
        }
        try {
            prepare();
            prepared = true;
        } catch (RuntimeException e) {
            if (blame(e) == Blame.RECORD) {
                throw e;
            }
            throw new NoAnswer("the store", e);
        }
    }

    private void park(Refusal refusal) {
        var reporter = context.errantRecordReporter();
        if (reporter == null) {
            var record = refusal.record();
            throw new DataException(
                    "record " + record.topic() + "-" + record.kafkaPartition() + "@" + record.kafkaOffset()
                            + " is refused; set errors.tolerance=all and errors.deadletterqueue.topic.name to park such"
                            + " records",
                    refusal.reason());
        }
        reporter.report(refusal.record(), refusal.reason());
    }
}
