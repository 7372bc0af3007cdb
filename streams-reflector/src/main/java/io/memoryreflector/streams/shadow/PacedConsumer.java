package io.memoryreflector.streams.shadow;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A consumer that pauses the partitions of one topic while the pace wants it. All others go on, so a stream thread is never
 * held up; what Kafka Streams itself pauses stays paused. One thread, as every consumer.
 */
final class PacedConsumer extends KafkaConsumer<byte[], byte[]> {

    private final String topic;
    private final Pace pace;
    private final Set<TopicPartition> pausedByStreams = new HashSet<>();

    PacedConsumer(Map<String, Object> config, String topic, Pace pace) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.topic = topic;
        this.pace = pace;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        pausedByStreams.retainAll(assignment());
        var paced = new HashSet<TopicPartition>();
        assignment().stream().filter(this::isPaced).forEach(paced::add);
        if (pace.isOpen()) {
            paced.removeAll(pausedByStreams);
            super.resume(paced);
        } else {
            super.pause(paced);
        }
        var records = super.poll(timeout);
        pace.taken(records.partitions().stream()
                .filter(this::isPaced)
                .mapToInt(partition -> records.records(partition).size())
                .sum());
        return records;
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        pausedByStreams.addAll(partitions);
        super.pause(partitions);
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        partitions.forEach(pausedByStreams::remove);
        super.resume(partitions.stream()
                .filter(partition -> !isPaced(partition) || pace.isOpen())
                .toList());
    }

    private boolean isPaced(TopicPartition partition) {
        return partition.topic().equals(topic);
    }
}
