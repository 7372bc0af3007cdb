package io.memoryreflector.systemtests.faults;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** What the consumer groups of the system have not taken up yet. Thread-safe. */
final class Backlog implements AutoCloseable {

    static final String REFLECTOR = "memory-reflector";
    static final String REDIS_SINK = "connect-redis-sink";
    static final String NEO4J_SINK = "connect-neo4j-sink";

    private static final long CALL_S = 30;
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Admin admin;

    Backlog(String bootstrapServers) {
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    /** Records, markers of transactions included, between what each group has committed and the end; -1 if unknown. */
    Map<String, Long> byGroup() throws InterruptedException {
        var backlog = new TreeMap<String, Long>();
        for (var group : List.of(REFLECTOR, REDIS_SINK, NEO4J_SINK)) {
            backlog.put(group, of(group));
        }
        return backlog;
    }

    long of(String group) throws InterruptedException {
        try {
            var committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get(CALL_S, TimeUnit.SECONDS);
            var ends = admin.listOffsets(
                            committed.keySet().stream()
                                    .collect(java.util.stream.Collectors.toMap(
                                            each -> each, each -> OffsetSpec.latest())),
                            new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                    .all()
                    .get(CALL_S, TimeUnit.SECONDS);
            return ends.entrySet().stream()
                    .mapToLong(end -> Math.max(0, end.getValue().offset() - offset(committed, end.getKey())))
                    .sum();
        } catch (ExecutionException | TimeoutException e) {
            return -1;
        }
    }

    private static long offset(Map<TopicPartition, OffsetAndMetadata> committed, TopicPartition partition) {
        var offset = committed.get(partition);
        return offset == null ? 0 : offset.offset();
    }

    @Override
    public void close() {
        admin.close(CLOSE);
    }
}
