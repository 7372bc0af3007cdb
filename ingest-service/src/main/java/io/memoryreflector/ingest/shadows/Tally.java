package io.memoryreflector.ingest.shadows;

import io.memoryreflector.events.ReflectionOutcome;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.Tier;
import io.memoryreflector.schemas.erasure.Erasures;
import io.memoryreflector.schemas.erasure.Handed;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Shadow;
import io.memoryreflector.schemas.topic.TopicFeed;
import io.memoryreflector.schemas.topic.Topics;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a shadow's outcomes add up to, read as they come. Holds in memory what is under way, which the shadow itself keeps
 * bounded. Thread-safe.
 */
final class Tally implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Tally.class);

    private final Deserializer<ReflectionOutcome> deserializer;
    private final Erasures erasures;
    private final TopicFeed feed;
    private final Map<String, Open> open = new HashMap<>();
    private long tokens;
    private volatile long askedAt = System.nanoTime();

    private record Open(Handed handed, Set<Tier> tiers) {}

    /**
     * What it adds up to.
     *
     * @param complete whether all outcomes that were there are counted
     */
    record Sum(boolean complete, long tasksPending, long tokens) {}

    /** @param kafka settings of every client */
    Tally(Map<String, Object> kafka, EventSerdes serdes, Erasures erasures, Shadow shadow) {
        this.deserializer = serdes.deserializer();
        this.erasures = erasures;
        this.feed = new TopicFeed(kafka, shadow.of(Topics.OUTCOMES), Optional::empty, this::read);
        feed.start();
    }

    /** What it adds up to now, after waiting for it this long. */
    Sum sum(Duration wait) {
        askedAt = System.nanoTime();
        var complete = feed.catchUp(wait);
        synchronized (this) {
            // What is forgotten has no outcome.
            open.values().removeIf(it -> erasures.covers(it.handed()));
            return new Sum(
                    complete,
                    open.values().stream().mapToLong(it -> it.tiers().size()).sum(),
                    tokens);
        }
    }

    boolean isUnusedFor(Duration time) {
        return System.nanoTime() - askedAt > time.toNanos();
    }

    @Override
    public void close() {
        feed.close();
    }

    private synchronized void read(ConsumerRecord<byte[], byte[]> record) {
        try {
            var outcome = deserializer.deserialize(record.topic(), record.value());
            var tier = outcome.getTier();
            tokens += tier.getInputTokens() + tier.getOutputTokens();
            if (tier.getTier() == Tier.UNKNOWN && tier.getState() == ReflectionState.QUEUED) {
                open.put(outcome.getInteractionId(), new Open(Handed.of(outcome), EnumSet.copyOf(Comparison.TIERS)));
            } else if (tier.getState() == ReflectionState.COMPLETED || tier.getState() == ReflectionState.FAILED) {
                open.computeIfPresent(outcome.getInteractionId(), (id, it) -> {
                    it.tiers().remove(tier.getTier());
                    return it.tiers().isEmpty() ? null : it;
                });
            }
        } catch (RuntimeException e) {
            LOG.warn("{}-{}@{} is no outcome: passed over", record.topic(), record.partition(), record.offset(), e);
        }
    }
}
