package io.memoryreflector.connect.sink;

import io.memoryreflector.schemas.serde.EventSerdes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries events into a store in batches, at least once; the store makes a repeat harmless.
 *
 * <p>A store or registry that does not answer is waited for without end: Connect keeps the records and calls again. A
 * record that cannot be decoded, or that the store refuses when it is offered alone, goes where Connect's own
 * dead-letter settings say, and stops the task where they say nothing. All methods belong to the task's thread.
 */
public abstract class StoreSinkTask extends SinkTask {

    private static final Logger LOG = LoggerFactory.getLogger(StoreSinkTask.class);

    /** A record and what it holds. */
    private record Decoded(SinkRecord record, SpecificRecord event) {}

    private Deserializer<SpecificRecord> deserializer;
    private int batchSize;
    private long retryBackoffMs;
    private boolean down;

    @Override
    public String version() {
        return "1";
    }

    @Override
    public void start(Map<String, String> properties) {
        var config = new AbstractConfig(definition(), properties);
        deserializer = EventSerdes.of(config.getString(SinkSettings.SCHEMA_REGISTRY_URL))
                .deserializer();
        batchSize = config.getInt(SinkSettings.BATCH_SIZE);
        retryBackoffMs = config.getInt(SinkSettings.RETRY_BACKOFF_MS);
        open(config);
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        var batch = new ArrayList<Decoded>(Math.min(records.size(), batchSize));
        for (var record : records) {
            var decoded = decode(record);
            if (decoded != null) {
                batch.add(decoded);
            }
            if (batch.size() == batchSize) {
                write(batch);
                batch.clear();
            }
        }
        write(batch);
    }

    @Override
    public void stop() {
        if (deserializer != null) {
            deserializer.close();
        }
        close();
    }

    /** The settings of this sink. */
    protected abstract ConfigDef definition();

    /** Opens the store; connecting may wait until the first write. */
    protected abstract void open(AbstractConfig config);

    /** Writes events, all or none of them, in their order; a repeat changes nothing. */
    protected abstract void write(Events events);

    /** Whether the store did not answer, rather than refuse. */
    protected abstract boolean isOutage(RuntimeException error);

    /** Closes the store; also called if it was never opened. */
    protected abstract void close();

    /** A batch of decoded events, in the order of the log. */
    public record Events(List<SpecificRecord> all) {

        /** Those of one kind. */
        public <T extends SpecificRecord> List<T> of(Class<T> type) {
            return all.stream().filter(type::isInstance).map(type::cast).toList();
        }
    }

    private Decoded decode(SinkRecord record) {
        if (record.value() == null) {
            return null;
        }
        try {
            return new Decoded(record, deserializer.deserialize(record.topic(), (byte[]) record.value()));
        } catch (RuntimeException e) {
            if (Outages.isNoAnswer(e)) {
                throw later("the schema registry", e);
            }
            refuse(record, e);
            return null;
        }
    }

    private void write(List<Decoded> batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            write(new Events(batch.stream().map(Decoded::event).toList()));
            if (down) {
                down = false;
                LOG.info("the store answers again");
            }
        } catch (RuntimeException e) {
            if (isOutage(e)) {
                throw later("the store", e);
            }
            if (batch.size() == 1) {
                refuse(batch.get(0).record(), e);
                return;
            }
            // One of them is to blame: halves find it.
            write(new ArrayList<>(batch.subList(0, batch.size() / 2)));
            write(new ArrayList<>(batch.subList(batch.size() / 2, batch.size())));
        }
    }

    private RetriableException later(String who, RuntimeException error) {
        if (!down) {
            down = true;
            LOG.warn("{} does not answer; the records wait in Kafka and are tried again", who, error);
        }
        context.timeout(retryBackoffMs);
        return new RetriableException(who + " does not answer", error);
    }

    private void refuse(SinkRecord record, RuntimeException error) {
        var reporter = context.errantRecordReporter();
        if (reporter == null) {
            throw new ConnectException(
                    "record " + record.topic() + "-" + record.kafkaPartition() + "@" + record.kafkaOffset()
                            + " is refused; set errors.tolerance=all and errors.deadletterqueue.topic.name to park such"
                            + " records",
                    error);
        }
        reporter.report(record, error);
    }
}
