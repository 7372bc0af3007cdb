package io.memoryreflector.benchmarks.topology;

import io.memoryreflector.benchmarks.measure.Sample;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.streams.ReflectorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;

/**
 * Lets a topology read the whole interaction log as an application of its own, from the beginning of that and the end of
 * every other topic, until there is nothing left for it to do.
 */
final class LogReading implements AutoCloseable {

    private static final Duration IDLE = Duration.ofMillis(1_500);
    private static final Duration MOST = Duration.ofMinutes(10);
    private static final Duration CLOSE = Duration.ofSeconds(30);
    private static final long ASK_SECONDS = 30;

    private final Admin admin;
    private final Function<String, ReflectorSettings> settings;
    private final Path states;
    private int applications;

    /** @param settings of an application by its id, with a state directory that is not used */
    LogReading(String bootstrapServers, Function<String, ReflectorSettings> settings) throws IOException {
        this.admin = Admin.create(Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
        this.settings = settings;
        this.states = Files.createTempDirectory("benchmarks-states");
    }

    /**
     * Interactions a second, from the first record to the last.
     *
     * @param others its other topics
     * @param perInteraction the least number of records that the topology reads for each
     */
    Sample read(Topology topology, List<String> others, int interactions, int perInteraction) throws Exception {
        var application = "bench-" + ++applications;
        admin.alterConsumerGroupOffsets(application, offsets(others)).all().get(ASK_SECONDS, TimeUnit.SECONDS);
        var properties = settings.apply(application).streams();
        properties.put("state.dir", states.resolve(application).toString());
        try (var streams = new KafkaStreams(topology, properties)) {
            streams.start();
            var sample = watched(streams, interactions, perInteraction);
            streams.close(CLOSE);
            streams.cleanUp();
            return sample;
        }
    }

    private static Sample watched(KafkaStreams streams, int interactions, int perInteraction)
            throws InterruptedException {
        // Looked up once: a reflector has thousands of metrics, and to go through them takes a core from what is
        // measured.
        var processed = processed(streams);
        var expected = (long) interactions * perInteraction;
        var begun = 0L;
        var last = System.nanoTime();
        var done = 0L;
        var deadline = last + MOST.toNanos();
        while (done < expected || System.nanoTime() - last < IDLE.toNanos()) {
            var now = processed.stream()
                    .mapToLong(metric -> ((Double) metric.metricValue()).longValue())
                    .sum();
            if (now > done) {
                last = System.nanoTime();
                begun = done == 0 ? last : begun;
                done = now;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "not done after " + MOST + ": " + done + " of " + expected + " records processed");
            }
            TimeUnit.MILLISECONDS.sleep(10); // Asking without pause would take a core from what is measured.
        }
        return new Sample(
                interactions * 1e9 / (last - begun),
                Map.of("records read for each", Math.round(10.0 * done / interactions) / 10.0));
    }

    private static List<Metric> processed(KafkaStreams streams) {
        return streams.metrics().values().stream()
                .<Metric>map(metric -> metric)
                .filter(metric -> metric.metricName().name().equals("process-total")
                        && metric.metricName().group().equals("stream-thread-metrics"))
                .toList();
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets(List<String> others) throws Exception {
        var offsets = admin
                .listOffsets(partitions(others).stream()
                        .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                .all()
                .get(ASK_SECONDS, TimeUnit.SECONDS)
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        end -> new OffsetAndMetadata(end.getValue().offset())));
        partitions(List.of(Topics.INTERACTIONS.name()))
                .forEach(partition -> offsets.put(partition, new OffsetAndMetadata(0)));
        return offsets;
    }

    private List<TopicPartition> partitions(List<String> topics) throws Exception {
        return admin.describeTopics(topics).allTopicNames().get(ASK_SECONDS, TimeUnit.SECONDS).values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
    }

    @Override
    public void close() throws IOException {
        admin.close();
        try (var files = Files.walk(states)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
