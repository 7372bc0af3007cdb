package io.memoryreflector.ingest.deadletters;

import io.memoryreflector.schemas.encryption.KeyDestroyed;
import io.memoryreflector.schemas.topic.Topic;
import io.memoryreflector.schemas.topic.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps the index up to date: reads the two dead-letter topics from their beginning and goes on reading, on a thread of
 * its own and in no consumer group, since every instance of the service needs all of it. Waits for Kafka and the
 * registry as long as the service runs.
 */
final class IndexFeed implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(IndexFeed.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration END = Duration.ofSeconds(10);

    private final DeadLetterIndex index;
    private final LetterReader letters;
    private final ActionLog.Reader actions;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final CountDownLatch complete = new CountDownLatch(1);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile Thread thread;

    /** @param consumers read committed records only */
    IndexFeed(
            DeadLetterIndex index,
            LetterReader letters,
            ActionLog.Reader actions,
            Supplier<Consumer<byte[], byte[]>> consumers) {
        this.index = index;
        this.letters = letters;
        this.actions = actions;
        this.consumers = consumers;
    }

    /** Whether everything that lay there at the start has been read, after waiting for it this long. */
    boolean isComplete(Duration wait) {
        try {
            return complete.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void start() {
        thread = new Thread(this::run, "dead-letter-index");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void stop() {
        stopping.countDown();
        try {
            thread.join(END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null && stopping.getCount() > 0;
    }

    /** After the topics are there, before the web server opens. */
    @Override
    public int getPhase() {
        return 1;
    }

    private void run() {
        while (isRunning()) {
            try (var consumer = consumers.get()) {
                follow(consumer);
            } catch (KafkaException | IOException e) {
                LOG.warn("the dead letters cannot be read, trying again: {}", e.toString());
                pause();
            } catch (RuntimeException e) {
                LOG.error("the dead letters cannot be read, trying again", e);
                pause();
            }
        }
    }

    private void follow(Consumer<byte[], byte[]> consumer) throws IOException {
        var partitions = partitions(consumer, Topics.DEAD_LETTERS);
        // First the letters: what was done with them is remembered only where a letter is there for it.
        readToEnd(consumer, partitions);
        partitions.addAll(partitions(consumer, Topics.DEAD_LETTER_ACTIONS));
        readToEnd(consumer, partitions);
        if (complete.getCount() > 0 && isRunning()) {
            complete.countDown();
            LOG.info("the index of dead letters is complete");
        }
        while (isRunning()) {
            poll(consumer);
        }
    }

    private void readToEnd(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) throws IOException {
        consumer.assign(partitions);
        partitions.forEach(partition -> seek(consumer, partition));
        var ends = consumer.endOffsets(partitions);
        while (isRunning() && partitions.stream().anyMatch(it -> consumer.position(it) < ends.get(it))) {
            poll(consumer);
        }
    }

    private void poll(Consumer<byte[], byte[]> consumer) throws IOException {
        for (var record : consumer.poll(POLL)) {
            take(record);
        }
    }

    private static List<TopicPartition> partitions(Consumer<?, ?> consumer, Topic topic) {
        var partitions = new ArrayList<TopicPartition>();
        consumer.partitionsFor(topic.name())
                .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        return partitions;
    }

    private void seek(Consumer<?, ?> consumer, TopicPartition partition) {
        var position = positions.get(partition);
        if (position == null) {
            consumer.seekToBeginning(List.of(partition));
        } else {
            consumer.seek(partition, position);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) throws IOException {
        var partition = new TopicPartition(record.topic(), record.partition());
        if (record.offset() < positions.getOrDefault(partition, 0L)) {
            return;
        }
        if (is(record, Topics.DEAD_LETTERS)) {
            park(record);
        } else {
            actions.read(record.value()).ifPresent(told -> index.acted(told.id(), told.action()));
        }
        positions.put(partition, record.offset() + 1);
    }

    private void park(ConsumerRecord<byte[], byte[]> record) throws IOException {
        try {
            index.parked(letters.read(record).heading());
        } catch (KeyDestroyed e) {
            LOG.debug("a letter of a user who is forgotten is left out");
        }
    }

    private static boolean is(ConsumerRecord<?, ?> record, Topic topic) {
        return record.topic().equals(topic.name());
    }

    private void pause() {
        try {
            if (stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("stopped while waiting for Kafka");
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
