package io.memoryreflector.streams.admission;

import io.memoryreflector.events.ReflectionOutcome;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Shadow;
import io.memoryreflector.schemas.topic.Topic;
import io.memoryreflector.schemas.topic.TopicFeed;
import io.memoryreflector.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads from outcomes what each namespace has taken, and goes on reading. A thread of its own. */
public final class SpentTokensFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SpentTokensFeed.class);

    private final Deserializer<ReflectionOutcome> deserializer;
    private final SpentTokens spent;
    private final Optional<TotalBudget> total;
    private final TopicFeed feed;

    private SpentTokensFeed(
            Map<String, Object> kafka,
            EventSerdes serdes,
            Topic outcomes,
            Supplier<Optional<Instant>> from,
            SpentTokens spent,
            Optional<TotalBudget> total) {
        this.deserializer = serdes.deserializer();
        this.spent = spent;
        this.total = total;
        this.feed = new TopicFeed(kafka, outcomes, from, this::read);
    }

    /**
     * Of today.
     *
     * @param kafka settings of every client
     */
    public static SpentTokensFeed ofToday(
            Map<String, Object> kafka, EventSerdes serdes, SpentTokens spent, Clock clock) {
        return new SpentTokensFeed(
                kafka, serdes, Topics.OUTCOMES, () -> Optional.of(midnight(clock)), spent, Optional.empty());
    }

    /**
     * Of all its time.
     *
     * @param kafka settings of every client
     */
    public static SpentTokensFeed ofShadow(
            Map<String, Object> kafka, EventSerdes serdes, Shadow shadow, SpentTokens spent, TotalBudget total) {
        return new SpentTokensFeed(
                kafka, serdes, shadow.of(Topics.OUTCOMES), Optional::empty, spent, Optional.of(total));
    }

    /** Begins; to be called once. */
    public void start() {
        feed.start();
    }

    /** Whether all that had been taken at the start is known. */
    public boolean isCaughtUp() {
        return feed.isCaughtUp(Duration.ZERO);
    }

    @Override
    public void close() {
        feed.close();
    }

    private static Instant midnight(Clock clock) {
        return LocalDate.now(clock).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        try {
            var outcome = deserializer.deserialize(record.topic(), record.value());
            var tier = outcome.getTier();
            var tokens = tier.getInputTokens() + tier.getOutputTokens();
            if (tokens > 0) {
                spent.add(LocalDate.ofInstant(tier.getUpdatedAt(), ZoneOffset.UTC), outcome.getNamespace(), tokens);
                total.ifPresent(budget -> budget.add(tokens));
            }
        } catch (RuntimeException e) {
            LOG.warn("{}-{}@{} is no outcome: passed over", record.topic(), record.partition(), record.offset(), e);
        }
    }
}
