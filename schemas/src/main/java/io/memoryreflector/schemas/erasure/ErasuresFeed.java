package io.memoryreflector.schemas.erasure;

import io.memoryreflector.events.UserForgotten;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.serde.RegistryOutage;
import io.memoryreflector.schemas.topic.TopicFeed;
import io.memoryreflector.schemas.topic.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads all erasures that there ever were, and goes on reading. A thread of its own. */
public final class ErasuresFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ErasuresFeed.class);

    private final Erasures erasures;
    private final Deserializer<UserForgotten> deserializer;
    private final TopicFeed feed;

    /**
     * @param kafka settings of every client
     * @param erasures is told what is read
     */
    public ErasuresFeed(Map<String, Object> kafka, EventSerdes serdes, Erasures erasures) {
        this.erasures = erasures;
        this.deserializer = serdes.deserializer();
        this.feed = new TopicFeed(kafka, Topics.ERASURES, Optional::empty, this::read);
    }

    /** Begins; to be called once. */
    public void start() {
        feed.start();
    }

    /** Whether all erasures that were there at the start are known, after waiting for it this long. */
    public boolean isCaughtUp(Duration wait) {
        return feed.isCaughtUp(wait);
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
            erasures.add(deserializer.deserialize(record.topic(), record.value()));
        } catch (RuntimeException e) {
            if (RegistryOutage.explains(e)) {
                // An erasure is not passed over because somebody cannot be asked at the moment.
                throw new KafkaException("the schema registry does not answer", e);
            }
            LOG.error("{}-{}@{} is no erasure: passed over", record.topic(), record.partition(), record.offset(), e);
        }
    }
}
