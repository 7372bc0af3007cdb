package io.memoryreflector.benchmarks.reflect;

import io.memoryreflector.benchmarks.Benchmark;
import io.memoryreflector.benchmarks.Length;
import io.memoryreflector.benchmarks.before.QueueConsumer;
import io.memoryreflector.benchmarks.measure.Comparison;
import io.memoryreflector.benchmarks.measure.Contender;
import io.memoryreflector.benchmarks.measure.Figure;
import io.memoryreflector.benchmarks.measure.Goal;
import io.memoryreflector.benchmarks.measure.Pace;
import io.memoryreflector.benchmarks.measure.Result;
import io.memoryreflector.benchmarks.measure.Sample;
import io.memoryreflector.benchmarks.measure.Turns;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Priority;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.systemtests.model.Behaviour;
import io.memoryreflector.systemtests.model.StubModel;
import io.memoryreflector.systemtests.model.load.Feed;
import io.memoryreflector.systemtests.model.load.ReflectorMetrics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Completed reflections a second with a slow model, beside what its latency allows and beside the parallel consumer. */
public final class ReflectStage implements Benchmark {

    private static final int TIERS = 3;
    private static final int USERS_A_WORKER = 6;
    /** A model's usual time, in which the old way falls far behind. */
    private static final Duration SLOW = Duration.ofSeconds(1);

    private static final Duration WORK = Duration.ofSeconds(30);
    private static final Instant AT = Instant.parse("2026-05-02T10:00:00Z");
    private static final String CALLS = "bench.calls";

    private final Duration latency;
    private final int workers;
    private int turn;

    /** @param workers as many as two cores can keep going with everything else on them */
    public ReflectStage(Duration latency, int workers) {
        this.latency = latency;
        this.workers = workers;
    }

    @Override
    public String name() {
        return "reflect-" + latency.toMillis();
    }

    @Override
    public List<Result> measure(Turns turns, Length length) throws Exception {
        var ideal = workers * 1e9 / latency.toNanos();
        var interactions = length.work((int) (ideal * WORK.toSeconds() / TIERS));
        try (var stub = StubModel.start(0, Behaviour.well(latency));
                var stack = LocalStack.startLongLived(
                        EnumSet.of(Part.KAFKA, Part.REGISTRY, Part.RABBITMQ, Part.REFLECTOR), settings(stub));
                var feed = new Feed(stack.kafkaBootstrapServers(), EventSerdes.of(stack.schemaRegistryUrl()))) {
            var metrics = new ReflectorMetrics(stack.reflectorUrl());
            prepare(stack, interactions * TIERS);
            var calls = new ParallelCalls(stack.kafkaBootstrapServers(), CALLS, stub.baseUrl(), workers);
            var queue = new QueueConsumer(stack.rabbitMqUrl(), stub.baseUrl());
            var comparisons = new ArrayList<>(List.of(
                    Comparison.with(
                            new Goal.AtLeast(0.95), new Contender("workers by latency", () -> Sample.of(ideal))),
                    Comparison.with(
                            new Goal.AtLeast(1),
                            new Contender(
                                    "Confluent's parallel consumer, by key",
                                    () -> calls.run((long) interactions * TIERS)))));
            if (latency.compareTo(SLOW) >= 0) {
                comparisons.add(Comparison.with(
                        new Goal.AtLeast(50),
                        new Contender(
                                "the old way: RabbitMQ, prefetch 4, tier after tier", () -> queue.run(length.each()))));
            }
            return List.of(turns.of(new Figure(
                    "reflect stage, " + workers + " workers, calls of " + latency.toMillis() + " ms",
                    "reflections/s",
                    new Contender("the reflector", () -> ours(feed, metrics, interactions)),
                    comparisons)));
        }
    }

    private Map<String, String> settings(StubModel stub) {
        return Map.of(
                "JDK_JAVA_OPTIONS", "-Xmn512m",
                "OPENAI_BASE_URL", stub.baseUrl().toString(),
                "OPENAI_MODEL", "stub",
                "OPENAI_EMBEDDING_MODEL", "stub",
                "REFLECTION_WORKERS", Integer.toString(workers),
                "REFLECTION_BATCH_SIZE", "1");
    }

    private Sample ours(Feed feed, ReflectorMetrics metrics, int interactions) throws Exception {
        var before = done(metrics);
        var run = "turn" + ++turn;
        feed.send(
                () -> IntStream.range(0, interactions)
                        .mapToObj(number -> interaction(run, number))
                        .iterator(),
                sent -> {});
        return Pace.of((long) interactions * TIERS, () -> done(metrics) - before);
    }

    private static long done(ReflectorMetrics metrics) throws InterruptedException {
        return (long) metrics.read().sum("reflector_reflections_total", "outcome=\"completed\"");
    }

    private Interaction interaction(String run, int number) {
        return Feed.interaction(
                user(number),
                run + ":" + number,
                "I moved to City" + number + ". Always sign note " + number + " of " + run + ".",
                AT.plusSeconds(number),
                Priority.NORMAL);
    }

    private String user(int number) {
        return "user" + number % (workers * USERS_A_WORKER / TIERS);
    }

    /** As many calls to make as there are tasks, with a body that the stub answers. */
    private void prepare(LocalStack stack, int records) throws Exception {
        Map<String, Object> kafka = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafkaBootstrapServers());
        try (var admin = Admin.create(kafka)) {
            admin.createTopics(List.of(new NewTopic(CALLS, Topics.DEFAULT_PARTITIONS, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
        Map<String, Object> config = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                stack.kafkaBootstrapServers(),
                ProducerConfig.LINGER_MS_CONFIG,
                5);
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            var sent = new ArrayList<Future<?>>();
            for (var number = 0; number < records; number++) {
                // Each tier has a key of its own, as each lane has an order of its own.
                var key = user(number / TIERS) + "/" + number % TIERS;
                sent.add(producer.send(new ProducerRecord<>(CALLS, key, body(number))));
            }
            for (var one : sent) {
                one.get(30, TimeUnit.SECONDS);
            }
        }
    }

    private static byte[] body(int number) {
        return """
                {"model": "stub", "messages": [{"role": "system", "content": "Extract."}, {"role": "user", "content": \
                "{\\"tier\\": \\"semantic\\", \\"known\\": [], \\"interactions\\": [{\\"ref\\": \\"I1\\", \\"messages\\": [{\\"ref\\": \\"M1\\", \
                \\"speaker\\": \\"Ada\\", \\"role\\": \\"user\\", \\"at\\": \\"2026-05-02T10:00:00Z\\", \\"text\\": \
                \\"I moved to City%d.\\"}]}]}"}]}
                """.formatted(number).getBytes(StandardCharsets.UTF_8);
    }
}
