package io.memoryreflector.ingest.shadows;

import io.memoryreflector.events.ShadowAction;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.TopicFeed;
import io.memoryreflector.schemas.topic.Topics;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operators do with shadows, as the log tells all instances: the last record of each action. Thread-safe. */
final class ShadowActions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ShadowActions.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Producer<String, ShadowAction> producer;
    private final Deserializer<ShadowAction> deserializer;
    private final TopicFeed feed;
    private final Map<String, ShadowAction> actions = new ConcurrentHashMap<>();

    /**
     * @param kafka settings of every client
     * @param producer is closed with this object
     */
    ShadowActions(Map<String, Object> kafka, EventSerdes serdes, Producer<String, ShadowAction> producer) {
        this.producer = producer;
        this.deserializer = serdes.deserializer();
        this.feed = new TopicFeed(kafka, Topics.SHADOW_ACTIONS, Optional::empty, this::read);
    }

    void start() {
        feed.start();
    }

    /**
     * Writes down how an action stands; returns once Kafka has it.
     *
     * @throws KafkaException if it has it not in time
     */
    void write(ShadowAction action) {
        try {
            producer.send(new ProducerRecord<>(Topics.SHADOW_ACTIONS.name(), action.getShadow(), action))
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            keep(action);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException(Topics.SHADOW_ACTIONS.name() + " cannot be written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WholeTopics.Stopped();
        }
    }

    /** Whether all that was written up to now is known, after waiting for it this long. */
    boolean isRead(Duration wait) {
        return feed.catchUp(wait);
    }

    /** The last action of a shadow, whatever has become of it. */
    Optional<ShadowAction> last(String shadow) {
        return actions.values().stream()
                .filter(action -> action.getShadow().equals(shadow))
                .max(Comparator.comparing(ShadowAction::getBegunAt).thenComparing(ShadowAction::getActionId));
    }

    List<ShadowAction> all() {
        return List.copyOf(actions.values());
    }

    @Override
    public void close() {
        feed.close();
        producer.close(Duration.ofSeconds(2));
    }

    private void keep(ShadowAction action) {
        actions.merge(
                action.getActionId(), action, (one, other) -> other.getAt().isBefore(one.getAt()) ? one : other);
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        try {
            keep(deserializer.deserialize(record.topic(), record.value()));
        } catch (RuntimeException e) {
            LOG.warn("{}-{}@{} is no action: passed over", record.topic(), record.partition(), record.offset(), e);
        }
    }
}
