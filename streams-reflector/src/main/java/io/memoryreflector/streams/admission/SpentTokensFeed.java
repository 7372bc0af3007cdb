package io.memoryreflector.streams.admission;

import io.memoryreflector.events.ReflectionOutcome;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads from the outcomes of today what each namespace has taken, and goes on reading. A thread of its own. */
public final class SpentTokensFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SpentTokensFeed.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long CLOSE_MS = 2_000;
    private static final long AWAY_MS = 1_000;

    private final Map<String, Object> kafka;
    private final EventSerdes serdes;
    private final SpentTokens spent;
    private final Clock clock;
    private final Map<TopicPartition, Long> read = new HashMap<>();
    private final Thread thread = new Thread(this::run, "spent-tokens");
    private volatile boolean caughtUp;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Consumer<byte[], byte[]> current;

    /** @param kafka settings of every client */
    public SpentTokensFeed(Map<String, Object> kafka, EventSerdes serdes, SpentTokens spent, Clock clock) {
        this.kafka = kafka;
        this.serdes = serdes;
        this.spent = spent;
        this.clock = clock;
        thread.setDaemon(true);
    }

    /** Begins; to be called once. */
    public void start() {
        thread.start();
    }

    /** Whether all that had been taken at the start is known. */
    public boolean isCaughtUp() {
        return caughtUp;
    }

    @Override
    public void close() {
        closing.countDown();
        var consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(CLOSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!isClosing()) {
            try (var consumer = consumer();
                    var deserializer = serdes.<ReflectionOutcome>deserializer()) {
                follow(consumer, deserializer);
            } catch (KafkaException e) {
                if (!isClosing()) {
                    LOG.warn("what namespaces have spent cannot be read at the moment", e);
                    pause();
                }
            }
        }
    }

    private void follow(Consumer<byte[], byte[]> consumer, Deserializer<ReflectionOutcome> deserializer) {
        current = consumer;
        seek(consumer);
        var ends = consumer.endOffsets(consumer.assignment());
        while (!isClosing()) {
            for (var record : consumer.poll(POLL)) {
                read(record, deserializer);
                read.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
            }
            caughtUp = caughtUp
                    || ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        }
    }

    /** To what was not read yet, or to the first outcome of today. */
    private void seek(Consumer<byte[], byte[]> consumer) {
        var partitions = consumer.partitionsFor(Topics.OUTCOMES.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        var midnight =
                LocalDate.now(clock).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        var wanted = new HashMap<TopicPartition, Long>();
        partitions.forEach(partition -> wanted.put(partition, midnight));
        consumer.offsetsForTimes(wanted).forEach((partition, found) -> {
            if (read.containsKey(partition)) {
                consumer.seek(partition, read.get(partition));
            } else if (found == null) {
                consumer.seekToEnd(List.of(partition));
            } else {
                consumer.seek(partition, found.offset());
            }
        });
    }

    private void read(ConsumerRecord<byte[], byte[]> record, Deserializer<ReflectionOutcome> deserializer) {
        try {
            var outcome = deserializer.deserialize(record.topic(), record.value());
            var tier = outcome.getTier();
            var tokens = tier.getInputTokens() + tier.getOutputTokens();
            if (tokens > 0) {
                spent.add(LocalDate.ofInstant(tier.getUpdatedAt(), ZoneOffset.UTC), outcome.getNamespace(), tokens);
            }
        } catch (RuntimeException e) {
            LOG.warn("{}-{}@{} is no outcome: passed over", record.topic(), record.partition(), record.offset(), e);
        }
    }

    private Consumer<byte[], byte[]> consumer() {
        var settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** A Kafka that is away is left alone for a moment; closing does not wait for it. */
    private void pause() {
        try {
            closing.await(AWAY_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
