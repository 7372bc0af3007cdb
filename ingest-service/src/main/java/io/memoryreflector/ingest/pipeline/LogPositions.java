package io.memoryreflector.ingest.pipeline;

import io.memoryreflector.schemas.topic.Topic;
import io.memoryreflector.schemas.topic.Topics;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Where the project's topics end, and how far their readers are. Thread-safe. */
final class LogPositions {

    private static final int TIMEOUT_MS = 2_000;
    private static final List<String> NAMES =
            Topics.all().stream().map(Topic::name).toList();

    private final Admin admin;

    LogPositions(Admin admin) {
        this.admin = admin;
    }

    /**
     * What Kafka says.
     *
     * @param written offsets that are taken, by topic: records, and the markers of transactions
     * @param lag offsets that a group has not passed, by group and topic; none where it has committed nothing
     */
    record Positions(Map<String, Long> written, Map<String, Map<String, Long>> lag) {}

    /**
     * Asks Kafka, for some seconds at most.
     *
     * @param groups that read; one that does not exist has no lag
     * @throws ExecutionException where Kafka refuses
     * @throws TimeoutException where it does not answer in time
     */
    Positions read(Collection<String> groups) throws ExecutionException, TimeoutException, InterruptedException {
        var ends = ends();
        var written = new TreeMap<String, Long>();
        ends.forEach((partition, end) -> written.merge(partition.topic(), end, Long::sum));
        var lag = new TreeMap<String, Map<String, Long>>();
        for (var group : committed(groups).entrySet()) {
            var topics = new TreeMap<String, Long>();
            group.getValue().forEach((partition, offset) -> {
                if (offset != null && ends.containsKey(partition)) {
                    topics.merge(partition.topic(), Math.max(0, ends.get(partition) - offset.offset()), Long::sum);
                }
            });
            lag.put(group.getKey(), topics);
        }
        return new Positions(written, lag);
    }

    private Map<TopicPartition, Long> ends() throws ExecutionException, TimeoutException, InterruptedException {
        var partitions = new HashMap<TopicPartition, OffsetSpec>();
        var described = admin.describeTopics(NAMES, new DescribeTopicsOptions().timeoutMs(TIMEOUT_MS))
                .topicNameValues();
        for (var topic : described.entrySet()) {
            try {
                get(topic.getValue())
                        .partitions()
                        .forEach(partition -> partitions.put(
                                new TopicPartition(topic.getKey(), partition.partition()), OffsetSpec.latest()));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        var options = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED).timeoutMs(TIMEOUT_MS);
        return get(admin.listOffsets(partitions, options).all()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    private Map<String, Map<TopicPartition, OffsetAndMetadata>> committed(Collection<String> groups)
            throws ExecutionException, TimeoutException, InterruptedException {
        if (groups.isEmpty()) {
            return Map.of();
        }
        var specs = groups.stream()
                .distinct()
                .collect(Collectors.toMap(Function.identity(), group -> new ListConsumerGroupOffsetsSpec()));
        return get(admin.listConsumerGroupOffsets(specs, new ListConsumerGroupOffsetsOptions().timeoutMs(TIMEOUT_MS))
                .all());
    }

    private static <T> T get(KafkaFuture<T> future) throws ExecutionException, TimeoutException, InterruptedException {
        return future.get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
    }
}
