package io.memoryreflector.client.bench;

import io.memoryreflector.client.CollectorSettings;
import io.memoryreflector.client.DraftMessage;
import io.memoryreflector.client.InteractionDraft;
import io.memoryreflector.client.MemoryCollector;
import io.memoryreflector.client.Target;
import io.memoryreflector.client.WhenFull;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** How many interactions a second one JVM gets into Kafka, {@code acks=all}; counted in Kafka. */
final class Throughput {

    private static final int CALLERS = 4;
    private static final int USERS = 1_000;
    private static final Duration CLOSE = Duration.ofMinutes(2);

    private final LocalStack stack;

    Throughput(LocalStack stack) {
        this.stack = stack;
    }

    /** Hands over so many, twice as many as warm-up before, and prints how fast they were in Kafka. */
    long run(int operations) throws InterruptedException {
        var settings = CollectorSettings.highPerformance()
                .change()
                .whenFull(WhenFull.block(Duration.ofMinutes(1)))
                .build();
        try (var collector = MemoryCollector.start(
                Target.kafka(stack.kafkaBootstrapServers(), stack.schemaRegistryUrl()), settings)) {
            send(collector, operations);
            var before = inKafka();
            var begun = System.nanoTime();
            send(collector, operations);
            var took = System.nanoTime() - begun;
            var arrived = inKafka() - before;
            var second = arrived * Duration.ofSeconds(1).toNanos() / took;
            System.out.printf(
                    "throughput: %d of %d interactions in Kafka after %d ms: %d a second (dropped %d)%n",
                    arrived,
                    operations,
                    Duration.ofNanos(took).toMillis(),
                    second,
                    collector.statistics().droppedInAll());
            collector.close(CLOSE);
            return second;
        }
    }

    private static void send(MemoryCollector collector, int operations) throws InterruptedException {
        var expected = collector.statistics().sent() + operations;
        var threads = new ArrayList<Thread>();
        for (var caller : IntStream.range(0, CALLERS).toArray()) {
            threads.add(new Thread(() -> {
                for (var i = caller; i < operations; i += CALLERS) {
                    collector.collect(InteractionDraft.of(
                            "bench-" + i % USERS,
                            DraftMessage.user("I moved to Lisbon last week."),
                            DraftMessage.assistant("How is it?")));
                }
            }));
        }
        threads.forEach(Thread::start);
        for (var thread : threads) {
            thread.join();
        }
        var deadline = System.nanoTime() + CLOSE.toNanos();
        while (collector.statistics().sent() < expected && System.nanoTime() < deadline) {
            Thread.sleep(5); // Until Kafka has answered for all.
        }
    }

    private long inKafka() {
        var config = Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafkaBootstrapServers());
        try (var admin = Admin.create(config)) {
            var name = Topics.INTERACTIONS.name();
            var partitions = admin.describeTopics(List.of(name))
                    .topicNameValues()
                    .get(name)
                    .get()
                    .partitions();
            var latest = new HashMap<TopicPartition, OffsetSpec>();
            partitions.forEach(it -> latest.put(new TopicPartition(name, it.partition()), OffsetSpec.latest()));
            return admin.listOffsets(latest).all().get().values().stream()
                    .mapToLong(it -> it.offset())
                    .sum();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("Kafka cannot be counted", e);
        }
    }
}
