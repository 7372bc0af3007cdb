package io.memoryreflector.ingest.shadows;

import io.memoryreflector.events.MemoryAmended;
import io.memoryreflector.schemas.erasure.Erasures;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.TopicFeed;
import io.memoryreflector.schemas.topic.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What people delete and change while a promotion is under way. Holds the ids of all changed memories. Thread-safe. */
final class Touched implements Predicate<Remembered>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Touched.class);
    private static final Duration READ = Duration.ofSeconds(60);

    private final Erasures erasures;
    private final Deserializer<MemoryAmended> deserializer;
    private final TopicFeed feed;
    private final Set<String> amended = ConcurrentHashMap.newKeySet();

    /**
     * @param kafka settings of every client
     * @param erasures as they are known at each moment
     */
    Touched(Map<String, Object> kafka, EventSerdes serdes, Erasures erasures) {
        this.erasures = erasures;
        this.deserializer = serdes.deserializer();
        this.feed = new TopicFeed(kafka, Topics.AMENDMENTS, Optional::empty, this::read);
        feed.start();
        if (!feed.isCaughtUp(READ)) {
            feed.close();
            throw new KafkaException(Topics.AMENDMENTS.name() + " could not be read within " + READ.toSeconds() + " s");
        }
    }

    @Override
    public boolean test(Remembered memory) {
        return amended.contains(memory.id()) || erasures.covers(memory.handed());
    }

    @Override
    public void close() {
        feed.close();
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        try {
            amended.add(deserializer.deserialize(record.topic(), record.value()).getMemoryId());
        } catch (RuntimeException e) {
            LOG.debug("{}-{}@{} is passed over", record.topic(), record.partition(), record.offset(), e);
        }
    }
}
