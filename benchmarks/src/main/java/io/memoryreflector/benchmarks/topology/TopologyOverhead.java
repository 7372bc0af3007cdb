package io.memoryreflector.benchmarks.topology;

import io.memoryreflector.benchmarks.Benchmark;
import io.memoryreflector.benchmarks.CatalogueTopics;
import io.memoryreflector.benchmarks.Length;
import io.memoryreflector.benchmarks.ingest.Interactions;
import io.memoryreflector.benchmarks.measure.Comparison;
import io.memoryreflector.benchmarks.measure.Contender;
import io.memoryreflector.benchmarks.measure.Figure;
import io.memoryreflector.benchmarks.measure.Goal;
import io.memoryreflector.benchmarks.measure.Result;
import io.memoryreflector.benchmarks.measure.Sample;
import io.memoryreflector.benchmarks.measure.Turns;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.reflection.Reflector;
import io.memoryreflector.schemas.InteractionLimits;
import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.erasure.Erasures;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topic;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.schemas.trace.Tracing;
import io.memoryreflector.streams.EarlyCommits;
import io.memoryreflector.streams.ReflectorSettings;
import io.memoryreflector.streams.ReflectorTopology;
import io.memoryreflector.streams.admission.Admission;
import io.memoryreflector.streams.erasure.Forgotten;
import io.memoryreflector.streams.metrics.LaneMetrics;
import io.memoryreflector.streams.reflect.Batching;
import io.memoryreflector.streams.reflect.Circuit;
import io.memoryreflector.streams.reflect.FailurePolicy;
import io.memoryreflector.streams.reflect.Permits;
import io.memoryreflector.streams.reflect.ReflectProcessor;
import io.memoryreflector.streams.retry.Backoff;
import io.memoryreflector.systemtests.model.load.Feed;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.streams.Topology;

/** The whole topology with reflectors that do nothing, beside one that passes as many records through. */
public final class TopologyOverhead implements Benchmark {

    private static final int INTERACTIONS = 60_000;
    private static final int FEW_USERS = 100;
    private static final int MANY_USERS = 10_000;
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    /** The interaction, three tasks, their memories where sessions are kept, and four outcomes. */
    private static final int READ_FOR_EACH = 11;

    @Override
    public String name() {
        return "topology";
    }

    @Override
    public List<Result> measure(Turns turns, Length length) throws Exception {
        var interactions = length.work(INTERACTIONS);
        try (var few = new Log(FEW_USERS, interactions);
                var many = new Log(MANY_USERS, interactions)) {
            return List.of(
                    turns.of(Figure.of(
                            "topology with a reflector that does nothing, through all lanes to completed",
                            "interactions/s",
                            new Contender("the topology", many::throughTheTopology),
                            Comparison.with(
                                    new Goal.AtLeast(0.65),
                                    new Contender(
                                            "as many records passed through, exactly once", many::passedThrough)))),
                    turns.of(Figure.of(
                            "topology, time for an interaction as users grow",
                            "µs",
                            new Contender(MANY_USERS + " users", () -> micros(many.throughTheTopology())),
                            Comparison.with(
                                    new Goal.AtMost(1.5),
                                    new Contender(FEW_USERS + " users", () -> micros(few.throughTheTopology()))))));
        }
    }

    private static Sample micros(Sample perSecond) {
        return Sample.of(1e6 / perSecond.value());
    }

    /** So many interactions by so many users, in a Kafka of their own. */
    private static final class Log implements AutoCloseable {

        private final LocalStack stack;
        private final EventSerdes serdes;
        private final LogReading reading;
        private final int interactions;

        Log(int users, int interactions) throws Exception {
            this.stack = LocalStack.startLongLived(EnumSet.of(Part.KAFKA, Part.REGISTRY), Map.of());
            this.serdes = EventSerdes.of(stack.schemaRegistryUrl());
            this.interactions = interactions;
            CatalogueTopics.ensure(stack);
            makeTopics(stack);
            try (var feed = new Feed(stack.kafkaBootstrapServers(), serdes)) {
                feed.send(
                        () -> LongStream.range(0, interactions)
                                .mapToObj(number -> Interactions.of(number, users))
                                .iterator(),
                        sent -> {});
            }
            this.reading = new LogReading(stack.kafkaBootstrapServers(), application -> settings(stack, application));
        }

        Sample throughTheTopology() throws Exception {
            return reading.read(ours(serdes, stack), others(), interactions, READ_FOR_EACH);
        }

        Sample passedThrough() throws Exception {
            return reading.read(PassThrough.build(), PassThrough.topics(), interactions, READ_FOR_EACH);
        }

        @Override
        public void close() throws IOException {
            reading.close();
            stack.close();
        }
    }

    private static void makeTopics(LocalStack stack) throws Exception {
        try (var admin = Admin.create(
                Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafkaBootstrapServers()))) {
            admin.createTopics(PassThrough.topics().stream()
                            .map(name -> new NewTopic(name, Topics.DEFAULT_PARTITIONS, (short) 1))
                            .toList())
                    .all()
                    .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            // Made is not yet known to all that are asked.
            var deadline = System.nanoTime() + TIMEOUT.toNanos();
            while (!admin.listTopics().names().get().containsAll(PassThrough.topics())
                    && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    private static List<String> others() {
        return Topics.all().stream()
                .filter(topic -> topic != Topics.INTERACTIONS)
                .map(Topic::name)
                .toList();
    }

    private static ReflectorSettings settings(LocalStack stack, String application) {
        return ReflectorSettings.from(new Environment(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", stack.kafkaBootstrapServers(),
                "SCHEMA_REGISTRY_URL", stack.schemaRegistryUrl(),
                "REFLECTOR_APPLICATION_ID", application)));
    }

    private static Topology ours(EventSerdes serdes, LocalStack stack) {
        var settings = settings(stack, "unused");
        var metrics = new SimpleMeterRegistry();
        var permits = new Permits(settings.workers());
        RandomGenerator jitter = RandomGenerator.getDefault();
        return ReflectorTopology.build(
                serdes,
                NoReflection.ofAllTiers().stream()
                        .<ReflectProcessor.Lane<?>>map(reflector -> lane(reflector, settings, permits, metrics))
                        .toList(),
                new ReflectProcessor.Shared(
                        Admission.UNLIMITED,
                        settings.timeout(),
                        new FailurePolicy(
                                settings.maxRetries(),
                                new Backoff(settings.retryDelay(), settings.retryMaxDelay(), jitter)),
                        Runnable::run,
                        new Forgotten(new Erasures(), metrics),
                        Tracing.off(),
                        EarlyCommits.on()),
                InteractionLimits.DEFAULT,
                true,
                Optional.empty(),
                ReflectorTopology.Retention.standard(settings.sessionIdleGap()),
                Optional.empty());
    }

    private static <M extends SpecificRecord> ReflectProcessor.Lane<M> lane(
            Reflector<M> reflector, ReflectorSettings settings, Permits permits, MeterRegistry metrics) {
        var circuit = new Circuit(reflector.tier(), settings.circuitOpen(), Clock.systemUTC());
        var ofLane = permits.lane();
        return new ReflectProcessor.Lane<>(
                reflector,
                circuit,
                ofLane,
                Batching.of(10),
                false,
                new LaneMetrics(metrics, reflector.tier(), circuit::state, ofLane::inFlight));
    }
}
