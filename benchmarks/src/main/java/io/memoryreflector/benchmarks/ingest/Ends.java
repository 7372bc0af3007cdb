package io.memoryreflector.benchmarks.ingest;

import io.memoryreflector.schemas.topic.Topic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Counts what is in a topic that nobody writes in transactions. */
public final class Ends implements AutoCloseable {

    private static final long SECONDS = 30;

    private final Admin admin;

    /** Of a topic in this Kafka. */
    public Ends(String bootstrapServers) {
        this.admin = Admin.create(Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /** How many records were written to it so far. */
    public long of(Topic topic) throws Exception {
        var description = admin.describeTopics(List.of(topic.name()))
                .allTopicNames()
                .get(SECONDS, TimeUnit.SECONDS)
                .get(topic.name());
        var latest = description.partitions().stream()
                .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        return admin.listOffsets(latest).all().get(SECONDS, TimeUnit.SECONDS).values().stream()
                .mapToLong(offset -> offset.offset())
                .sum();
    }

    @Override
    public void close() {
        admin.close();
    }
}
