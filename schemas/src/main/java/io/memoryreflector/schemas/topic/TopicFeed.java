package io.memoryreflector.schemas.topic;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all of a topic, or what came since a time, and goes on reading: on a thread of its own and in no consumer group,
 * since every process needs all of it. Waits for a Kafka that is away, and goes on where it was.
 */
public final class TopicFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicFeed.class);

    /** Also how long {@link #catchUp} takes at least. */
    private static final Duration POLL = Duration.ofMillis(20);

    private static final long CLOSE_MS = 2_000;
    private static final long AWAY_MS = 1_000;

    private final Map<String, Object> kafka;
    private final Topic topic;
    private final Supplier<Optional<Instant>> from;
    private final Consumer<ConsumerRecord<byte[], byte[]>> reader;
    private final Map<TopicPartition, Long> read = new HashMap<>();
    private final Thread thread;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Queue<CountDownLatch> asked = new ConcurrentLinkedQueue<>();
    private volatile KafkaConsumer<byte[], byte[]> current;

    /**
     * @param kafka settings of every client
     * @param from where to begin; empty is the first record
     * @param reader is given each committed record, each partition's in their order; one for which it throws a
     *     {@link KafkaException} comes again
     */
    public TopicFeed(
            Map<String, Object> kafka,
            Topic topic,
            Supplier<Optional<Instant>> from,
            Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        this.kafka = kafka;
        this.topic = topic;
        this.from = from;
        this.reader = reader;
        this.thread = new Thread(this::run, "feed " + topic.name());
        thread.setDaemon(true);
    }

    /** Begins; to be called once. */
    public void start() {
        thread.start();
    }

    /** Whether all that was there at the start has been read, after waiting for it this long. */
    public boolean isCaughtUp(Duration wait) {
        try {
            return caughtUp.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether all that was there at this call has been read, after waiting for it this long; for any thread. */
    public boolean catchUp(Duration wait) {
        var done = new CountDownLatch(1);
        asked.add(done);
        try {
            return done.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            asked.remove(done);
        }
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
            try (var consumer = consumer()) {
                follow(consumer);
            } catch (KafkaException e) {
                if (!isClosing()) {
                    LOG.warn("{} cannot be read at the moment", topic.name(), e);
                    pause();
                }
            }
        }
    }

    private void follow(KafkaConsumer<byte[], byte[]> consumer) {
        current = consumer;
        seek(consumer);
        var ends = consumer.endOffsets(consumer.assignment());
        var waiting = List.<CountDownLatch>of();
        while (!isClosing()) {
            if (waiting.isEmpty() && !asked.isEmpty()) {
                // Who asks from now on asks about later ends.
                waiting = List.copyOf(asked);
                ends = consumer.endOffsets(consumer.assignment());
            }
            for (var record : consumer.poll(POLL)) {
                reader.accept(record);
                read.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
            }
            if ((caughtUp.getCount() > 0 || !waiting.isEmpty()) && isRead(consumer, ends)) {
                caughtUp.countDown();
                waiting.forEach(CountDownLatch::countDown);
                asked.removeAll(waiting);
                waiting = List.of();
            }
        }
    }

    private static boolean isRead(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** To what was not read yet, or to where it begins. */
    private void seek(KafkaConsumer<byte[], byte[]> consumer) {
        var known = consumer.partitionsFor(topic.name());
        if (known == null || known.isEmpty()) {
            throw new KafkaException(topic.name() + " is not there");
        }
        var partitions = known.stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        var begin = from.get();
        if (begin.isEmpty()) {
            consumer.seekToBeginning(partitions);
        } else {
            var wanted = new HashMap<TopicPartition, Long>();
            partitions.forEach(partition -> wanted.put(partition, begin.get().toEpochMilli()));
            consumer.offsetsForTimes(wanted).forEach((partition, found) -> {
                if (found == null) {
                    consumer.seekToEnd(List.of(partition));
                } else {
                    consumer.seek(partition, found.offset());
                }
            });
        }
        read.forEach(consumer::seek);
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        var settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, from.get().isEmpty() ? "earliest" : "latest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
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
