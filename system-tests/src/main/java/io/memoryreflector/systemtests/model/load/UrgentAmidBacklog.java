package io.memoryreflector.systemtests.model.load;

import io.memoryreflector.events.Priority;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** How long urgent interactions take, one after the other, each from its write to its completed status. One thread. */
public final class UrgentAmidBacklog {

    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final String bootstrapServers;
    private final EventSerdes serdes;

    /** Writes to and listens at these servers. */
    public UrgentAmidBacklog(String bootstrapServers, EventSerdes serdes) {
        this.bootstrapServers = bootstrapServers;
        this.serdes = serdes;
    }

    /**
     * The time of each of so many, in their order.
     *
     * @param run is part of the users' and the interactions' names
     */
    public List<Duration> measure(Feed feed, String run, int count) {
        Map<String, Object> config = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed");
        var times = new ArrayList<Duration>();
        try (var deserializer = serdes.<ReflectionStatus>deserializer();
                var consumer = new KafkaConsumer<>(config, new StringDeserializer(), deserializer)) {
            consumer.assign(consumer.partitionsFor(Topics.REFLECTIONS.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList());
            consumer.seekToEnd(consumer.assignment());
            consumer.assignment().forEach(consumer::position);
            for (int i = 0; i < count; i++) {
                var id = run + "-urgent:" + i;
                var text = "I moved to Town" + i + ". Always sign letter " + i + " of " + run + ".";
                var begun = System.nanoTime();
                feed.send(
                        List.of(Feed.interaction(run + "-urgent-" + i, id, text, Instant.now(), Priority.URGENT)),
                        sent -> {});
                await(consumer, id, begun);
                times.add(Duration.ofNanos(System.nanoTime() - begun));
            }
        }
        return times;
    }

    private static void await(KafkaConsumer<String, ReflectionStatus> consumer, String id, long begun) {
        while (true) {
            for (var record : consumer.poll(POLL)) {
                if (record.key().equals(id) && record.value().getState() == ReflectionState.COMPLETED) {
                    return;
                }
            }
            if (System.nanoTime() - begun > LONGEST.toNanos()) {
                throw new IllegalStateException(id + " is not reflected after " + LONGEST);
            }
        }
    }
}
