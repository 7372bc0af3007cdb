package io.memoryreflector.ingest.rebuild;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.schemas.HeaderNames;
import io.memoryreflector.schemas.InteractionDefaults;
import io.memoryreflector.schemas.encryption.KeyDestroyed;
import io.memoryreflector.schemas.serde.RegistryOutage;
import io.memoryreflector.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads from the log what a projection is made of, as its sink reads it: committed records, and where this rebuild was once
 * interrupted, from there. Its place is kept in Kafka under a group of its own. One thread.
 */
final class LogReading implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogReading.class);

    private static final int AT_ONCE = 500;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CALL = Duration.ofSeconds(10);

    /** What was committed comes at once, or somebody is away. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deserializer<SpecificRecord> deserializer;
    private final Map<TopicPartition, Long> beginnings;
    private Map<TopicPartition, Long> ends = Map.of();
    private long refused;
    private long moved = System.nanoTime();
    private long leftBefore = Long.MAX_VALUE;

    /**
     * @param kafka settings of every client
     * @param topics to read
     * @param group under which its place is kept
     * @param deserializer is closed with this object
     * @param refused how many records were refused before
     */
    LogReading(
            Map<String, Object> kafka,
            List<Topic> topics,
            String group,
            Deserializer<SpecificRecord> deserializer,
            long refused) {
        var settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "ingest-service-rebuild");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, AT_ONCE);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) CALL.toMillis());
        this.refused = refused;
        this.deserializer = deserializer;
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            var partitions = new ArrayList<TopicPartition>();
            for (var topic : topics) {
                var known = consumer.partitionsFor(topic.name());
                if (known == null || known.isEmpty()) {
                    // Without it the projection would lack what it holds, and nobody would be told.
                    throw new KafkaException(topic.name() + " is not there");
                }
                for (var info : known) {
                    partitions.add(new TopicPartition(info.topic(), info.partition()));
                }
            }
            // No subscription: who works on a rebuild is written in the book.
            consumer.assign(partitions);
            this.beginnings = consumer.beginningOffsets(partitions);
            var kept = consumer.committed(new HashSet<>(partitions));
            partitions.forEach(partition -> consumer.seek(
                    partition,
                    Math.max(
                            beginnings.get(partition),
                            kept.get(partition) == null
                                    ? 0
                                    : kept.get(partition).offset())));
            lookForEnds();
        } catch (KafkaException e) {
            close();
            throw e;
        }
    }

    /** Where the log ends now is where reading ends. */
    void lookForEnds() {
        ends = consumer.endOffsets(consumer.assignment());
        leftBefore = Long.MAX_VALUE;
    }

    boolean isAtTheEnd() {
        return left() == 0;
    }

    /** Records between here and the end. */
    long left() {
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey())))
                .sum();
    }

    long done() {
        return beginnings.entrySet().stream()
                .mapToLong(begin -> consumer.position(begin.getKey()) - begin.getValue())
                .sum();
    }

    long total() {
        return done() + left();
    }

    long refused() {
        return refused;
    }

    /** Some that were read can still turn out to be none that can be written. */
    void refuse(int more) {
        refused += more;
    }

    /**
     * The next events, some hundred at most; none where nothing came within a moment.
     *
     * @throws KafkaException where Kafka, or the registry, does not answer; what was read so comes again
     */
    List<SpecificRecord> next() {
        var events = new ArrayList<SpecificRecord>();
        for (var record : consumer.poll(POLL)) {
            event(record).ifPresent(events::add);
        }
        if (left() != leftBefore) {
            leftBefore = left();
            moved = System.nanoTime();
        } else if (System.nanoTime() - moved > SILENCE.toNanos()) {
            throw new KafkaException("the rest of the log has not come within " + SILENCE.toSeconds() + " s");
        }
        return events;
    }

    /** What was read is written, and does not have to come again. */
    void keepPlace() {
        var places = new HashMap<TopicPartition, OffsetAndMetadata>();
        consumer.assignment()
                .forEach(partition -> places.put(partition, new OffsetAndMetadata(consumer.position(partition))));
        consumer.commitSync(places);
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
        deserializer.close();
    }

    private Optional<SpecificRecord> event(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return Optional.empty();
        }
        try {
            var event = deserializer.deserialize(record.topic(), record.value());
            return Optional.of(event instanceof Interaction interaction ? completed(record, interaction) : event);
        } catch (RuntimeException e) {
            if (KeyDestroyed.explains(e)) {
                return Optional.empty();
            }
            if (RegistryOutage.explains(e)) {
                throw new KafkaException("what is needed to read " + record.topic() + " does not answer", e);
            }
            refused++;
            LOG.warn("{}-{}@{} is passed over", record.topic(), record.partition(), record.offset(), e);
            return Optional.empty();
        }
    }

    /** As the sink does it: the record's own time decides what an erasure covers. */
    private static Interaction completed(ConsumerRecord<byte[], byte[]> record, Interaction interaction) {
        var replayed = Optional.ofNullable(record.headers().lastHeader(HeaderNames.INTERACTION_ID))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8));
        var complete = new InteractionDefaults(
                        record.topic(), record.partition(), record.offset(), record.timestamp(), replayed)
                .complete(interaction);
        complete.setReceivedAt(Instant.ofEpochMilli(Math.max(0, record.timestamp())));
        return complete;
    }
}
