package io.memoryreflector.ingest.shadows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** All that some topics hold when this is made: committed records, from the first to the last, once. One thread. */
final class WholeTopics implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CALL = Duration.ofSeconds(10);

    /** What was committed comes at once, or somebody is away. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;
    private final long total;

    /**
     * @param kafka settings of every client
     * @throws KafkaException where Kafka does not answer, or a topic is not there
     */
    WholeTopics(Map<String, Object> kafka, Collection<String> topics) {
        var settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "ingest-service-shadows");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) CALL.toMillis());
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            var partitions = new ArrayList<TopicPartition>();
            for (var topic : topics) {
                var known = consumer.partitionsFor(topic);
                if (known == null || known.isEmpty()) {
                    throw new KafkaException(topic + " is not there");
                }
                known.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var beginnings = consumer.beginningOffsets(partitions);
            this.ends = consumer.endOffsets(partitions);
            this.total = partitions.stream()
                    .mapToLong(partition -> ends.get(partition) - beginnings.get(partition))
                    .sum();
        } catch (KafkaException e) {
            close();
            throw e;
        }
    }

    /** Records in all, about: compaction has left gaps. */
    long total() {
        return total;
    }

    /**
     * Reads all of them, each partition's in their order.
     *
     * @param progress is told how many are left behind
     * @throws Stopped where this process ends before
     * @throws KafkaException where Kafka does not answer
     */
    void read(Consumer<ConsumerRecord<byte[], byte[]>> reader, Progress progress, BooleanSupplier stopping) {
        var moved = System.nanoTime();
        var leftBefore = Long.MAX_VALUE;
        for (var left = left(); left > 0; left = left()) {
            if (stopping.getAsBoolean()) {
                throw new Stopped();
            }
            consumer.poll(POLL).forEach(reader);
            progress.reached(total - left);
            if (left < leftBefore) {
                leftBefore = left;
                moved = System.nanoTime();
            } else if (System.nanoTime() - moved > SILENCE.toNanos()) {
                throw new KafkaException("the rest of the log has not come within " + SILENCE.toSeconds() + " s");
            }
        }
        progress.reached(total);
    }

    private long left() {
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey())))
                .sum();
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }

    /** Told how far it is. */
    interface Progress {
        void reached(long done);
    }

    /** This process ends. */
    static final class Stopped extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
