package io.memoryreflector.benchmarks.whole;

import io.memoryreflector.benchmarks.Benchmark;
import io.memoryreflector.benchmarks.Length;
import io.memoryreflector.benchmarks.measure.Comparison;
import io.memoryreflector.benchmarks.measure.Contender;
import io.memoryreflector.benchmarks.measure.Figure;
import io.memoryreflector.benchmarks.measure.Goal;
import io.memoryreflector.benchmarks.measure.Result;
import io.memoryreflector.benchmarks.measure.Sample;
import io.memoryreflector.benchmarks.measure.Turns;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.systemtests.http.MemoryApi;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** From a POST until all that it says is reflected and recallable, on an idle system, beside a round trip to Kafka. */
public final class Recallable implements Benchmark {

    private static final int POSTS = 100;
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final Duration BETWEEN = Duration.ofMillis(100);
    private static final String ROUND_TRIP = "bench.round-trip";

    private int number;

    @Override
    public String name() {
        return "recallable";
    }

    @Override
    public List<Result> measure(Turns turns, Length length) throws Exception {
        try (var stack = LocalStack.startLongLived(Part.whole(), Map.of());
                var kafka = new RoundTrip(stack.kafkaBootstrapServers())) {
            var api = new MemoryApi(URI.create(stack.ingestUrl()));
            var posts = Math.max(20, length.work(POSTS));
            return List.of(
                    turns.of(figure("median", 0.5, 150, posts, () -> post(api), kafka::once)),
                    turns.of(figure("p99", 0.99, 500, posts, () -> post(api), kafka::once)));
        }
    }

    private static Figure figure(String name, double share, int goal, int count, Step ours, Step reference) {
        return Figure.of(
                "POST until reflected and recallable, idle, " + name,
                "ms",
                new Contender("POST ?wait=30s", () -> timed(count, share, ours)),
                Comparison.with(
                        new Goal.Below(goal, "ms"),
                        new Contender("a round trip to Kafka", () -> timed(count, share, reference))));
    }

    private void post(MemoryApi api) {
        var id = "recallable-" + number++;
        var answer = api.post(
                Map.of(
                        "user_id",
                        "ada",
                        "session_id",
                        "s1",
                        "interaction_id",
                        id,
                        "content",
                        "I moved to City" + number + "."),
                WAIT);
        if (!answer.body().path("status").asString("").equals("completed")) {
            throw new IllegalStateException("not completed: " + answer);
        }
    }

    /** What is timed. */
    private interface Step {
        void take() throws Exception;
    }

    private static Sample timed(int count, double share, Step step) throws Exception {
        var took = new ArrayList<Double>();
        for (var i = 0; i < count; i++) {
            TimeUnit.MILLISECONDS.sleep(BETWEEN.toMillis()); // The system is to be idle.
            var begun = System.nanoTime();
            step.take();
            took.add((System.nanoTime() - begun) / 1e6);
        }
        took.sort(null);
        return Sample.of(took.get((int) Math.ceil(share * count) - 1));
    }

    private static final class RoundTrip implements AutoCloseable {

        private static final TopicPartition PARTITION = new TopicPartition(ROUND_TRIP, 0);

        private final KafkaProducer<String, String> producer;
        private final KafkaConsumer<String, String> consumer;

        RoundTrip(String bootstrapServers) throws Exception {
            Map<String, Object> server = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
            try (var admin = Admin.create(server)) {
                admin.createTopics(List.of(new NewTopic(ROUND_TRIP, 1, (short) 1)))
                        .all()
                        .get(30, TimeUnit.SECONDS);
            }
            producer = new KafkaProducer<>(
                    Map.of(
                            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            bootstrapServers,
                            ProducerConfig.ACKS_CONFIG,
                            "all"),
                    new StringSerializer(),
                    new StringSerializer());
            consumer = new KafkaConsumer<>(
                    Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                    new StringDeserializer(),
                    new StringDeserializer());
            consumer.assign(List.of(PARTITION));
            consumer.seekToEnd(List.of(PARTITION));
            consumer.position(PARTITION);
        }

        void once() throws Exception {
            producer.send(new ProducerRecord<>(ROUND_TRIP, "ada", "hello")).get(30, TimeUnit.SECONDS);
            if (consumer.poll(WAIT).isEmpty()) {
                throw new IllegalStateException("Kafka gives nothing back within " + WAIT);
            }
        }

        @Override
        public void close() {
            producer.close();
            consumer.close();
        }
    }
}
