package io.memoryreflector.connect.rabbitmq;

import io.memoryreflector.schemas.serde.Encryption;
import io.memoryreflector.schemas.serde.EventSerdes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/**
 * Carries jobs into the log, at least once; the interaction's id makes a repeat harmless.
 *
 * <p>Threading notes: {@link #poll} is called by the task's thread, {@link #commitRecord} by the producer's callback
 * thread, {@link #stop} by either Connect's or the task's. A message is acknowledged after {@link #commitRecord}; what
 * was delivered and is not acknowledged goes back to the queue when the task stops or dies. Connect swallows what {@link
 * #commitRecord} throws, so a failure is kept by the link and thrown by {@link #poll}.
 */
public final class RabbitMqSourceTask extends SourceTask {

    /** Of one call of {@link #poll}: it has to come back within a second, so that the task can be paused or stopped. */
    private static final Duration WAIT = Duration.ofMillis(450);

    private static final int BATCH = 500;

    private Encryption encryption;
    private Conversion conversion;
    private volatile QueueLink link;

    @Override
    public String version() {
        return RabbitMqSourceConnector.VERSION;
    }

    @Override
    public void start(Map<String, String> properties) {
        var settings = new RabbitMqSettings(properties);
        encryption = Encryption.ofProcess(EventSerdes.of(settings.registryUrl()));
        conversion = new Conversion(new SourceRecords(
                settings.mapping(), settings.parked(), encryption.serdes().serializer(), InstantSource.system()));
        link = new QueueLink(
                settings.connectionFactory(),
                settings.link("memory-reflector " + properties.getOrDefault("name", "rabbitmq-source")),
                settings.backoff());
        link.open();
    }

    @Override
    public List<SourceRecord> poll() throws InterruptedException {
        var failure = link.failure();
        if (failure.isPresent()) {
            throw failure.get();
        }
        if (!conversion.isBusy()) {
            begin(WAIT);
        }
        if (!conversion.isBusy()) {
            return null;
        }
        var records = conversion.take(WAIT);
        if (records != null) {
            // While Connect sends these, the next ones are made.
            begin(Duration.ZERO);
        }
        return records;
    }

    /**
     * Kafka has the record.
     *
     * @param metadata null for a record that the connector's transformations have dropped, as its operator wants
     */
    @Override
    public void commitRecord(SourceRecord record, RecordMetadata metadata) {
        link.done(SourceRecords.epoch(record), SourceRecords.tag(record));
    }

    @Override
    public void stop() {
        try {
            if (link != null) {
                link.close();
            }
        } finally {
            if (conversion != null) {
                conversion.close();
            }
            if (encryption != null) {
                encryption.close();
            }
        }
    }

    private void begin(Duration wait) throws InterruptedException {
        var batch = new ArrayList<JobMessage>();
        link.take(batch, BATCH, wait);
        if (!batch.isEmpty()) {
            conversion.begin(batch, link::isCurrent);
        }
    }
}
