package io.memoryreflector.streams;

import io.memoryreflector.events.DeadLetter;
import io.memoryreflector.events.Fact;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.Priority;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.Role;
import io.memoryreflector.events.Tier;
import io.memoryreflector.reflection.Usage;
import io.memoryreflector.schemas.InteractionLimits;
import io.memoryreflector.schemas.encryption.EventSealing;
import io.memoryreflector.schemas.erasure.Erasures;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topic;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.schemas.trace.Tracing;
import io.memoryreflector.streams.admission.Admission;
import io.memoryreflector.streams.deadletter.PoisonHandler;
import io.memoryreflector.streams.erasure.Forgotten;
import io.memoryreflector.streams.metrics.LaneMetrics;
import io.memoryreflector.streams.reflect.Batching;
import io.memoryreflector.streams.reflect.Circuit;
import io.memoryreflector.streams.reflect.FailurePolicy;
import io.memoryreflector.streams.reflect.Permits;
import io.memoryreflector.streams.reflect.ReflectProcessor;
import io.memoryreflector.streams.retry.Backoff;
import io.memoryreflector.streams.session.SessionProcessor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;

/** The whole topology in a test driver, with reflectors that the test answers and a clock that the test moves. */
final class TopologyFixture implements AutoCloseable {

    static final Instant START = Instant.parse("2026-05-02T10:00:00Z");
    static final Duration IDLE_GAP = Duration.ofMinutes(30);
    static final Duration RETRY_DELAY = Duration.ofSeconds(30);
    static final Duration CIRCUIT_OPEN = Duration.ofSeconds(10);

    final ScriptedReflector episodic = new ScriptedReflector(Tier.EPISODIC);
    final ScriptedReflector semantic = new ScriptedReflector(Tier.SEMANTIC);
    final ScriptedReflector procedural = new ScriptedReflector(Tier.PROCEDURAL);
    final ScriptedSessionReflector sessions = new ScriptedSessionReflector();
    final MovedClock clock = new MovedClock(START);
    private final boolean reflects;
    private final Set<Tier> strict;
    private final Duration linger;
    private final boolean tellsSessions;

    /** What the next calls are told when they ask for leave. */
    Admission.Verdict verdict = new Admission.Granted();

    /** Spans that have ended, where the fixture traces. */
    final InMemorySpanExporter spans = InMemorySpanExporter.create();

    private final Tracing tracing;

    final Erasures erasures = new Erasures();
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final EventSerdes serdes;
    final TopologyTestDriver driver;
    final TestInputTopic<String, SpecificRecord> interactions;

    TopologyFixture() {
        this(10, 100);
    }

    TopologyFixture(int batchSize, int workers) {
        this(batchSize, workers, NamedAvroSerializer.class.getName(), Set.of());
    }

    TopologyFixture(int batchSize, int workers, String serializer, Set<Tier> strict) {
        this(batchSize, workers, serializer, strict, Duration.ZERO);
    }

    /** One whose spans are kept, and whose model tells sessions. */
    static TopologyFixture thatTraces(int workers) {
        return new TopologyFixture(
                10, workers, serdes(NamedAvroSerializer.class.getName()), Set.of(), Duration.ZERO, true, true, true);
    }

    /** One that makes no tasks. */
    static TopologyFixture thatOnlyCollects() {
        return new TopologyFixture(1, 1, NamedAvroSerializer.class.getName(), Set.of(), Duration.ZERO, false, false);
    }

    /** One whose model tells sessions in its own words. */
    static TopologyFixture thatTellsSessions(int workers) {
        return new TopologyFixture(
                10, workers, NamedAvroSerializer.class.getName(), Set.of(), Duration.ZERO, true, true);
    }

    TopologyFixture(int batchSize, int workers, String serializer, Set<Tier> strict, Duration linger) {
        this(batchSize, workers, serializer, strict, linger, true, false);
    }

    private TopologyFixture(
            int batchSize,
            int workers,
            String serializer,
            Set<Tier> strict,
            Duration linger,
            boolean reflects,
            boolean tellsSessions) {
        this(batchSize, workers, serdes(serializer), strict, linger, reflects, tellsSessions, false);
    }

    private static EventSerdes serdes(String serializer) {
        return new EventSerdes("unused", serializer, NamedAvroDeserializer.class.getName());
    }

    /** With what is personal sealed. */
    TopologyFixture(EventSealing sealing) {
        this(
                10,
                100,
                serdes(NamedAvroSerializer.class.getName()).sealedBy(sealing),
                Set.of(),
                Duration.ZERO,
                true,
                true,
                false);
    }

    private TopologyFixture(
            int batchSize,
            int workers,
            EventSerdes serdes,
            Set<Tier> strict,
            Duration linger,
            boolean reflects,
            boolean tellsSessions,
            boolean traces) {
        this.tracing = traces ? Tracing.of(tracingTo(spans), () -> {}) : Tracing.off();
        this.reflects = reflects;
        this.tellsSessions = tellsSessions;
        this.strict = strict;
        this.linger = linger;
        this.serdes = serdes;
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
        // The default is one folder for all builds on this machine.
        properties.put(StreamsConfig.STATE_DIR_CONFIG, "target/topology");
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, PoisonHandler.class.getName());
        properties.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, Topics.DEAD_LETTERS.name());
        properties.put(PoisonHandler.SEALING, serdes.sealing());
        driver = new TopologyTestDriver(topology(batchSize, workers), properties, START);
        interactions = driver.createInputTopic(
                Topics.INTERACTIONS.name(), new StringSerializer(), serdes.serializer(), START, Duration.ZERO);
    }

    private static OpenTelemetry tracingTo(InMemorySpanExporter exporter) {
        return OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                        .build())
                .build();
    }

    private Topology topology(int batchSize, int workers) {
        var permits = new Permits(workers);
        return ReflectorTopology.build(
                serdes,
                List.of(
                        lane(episodic, permits, batchSize),
                        lane(semantic, permits, batchSize),
                        lane(procedural, permits, batchSize)),
                new ReflectProcessor.Shared(
                        new Admission() {
                            @Override
                            public Verdict ask(String namespace, int tokens, long now) {
                                return verdict;
                            }

                            @Override
                            public void settle(int tokens, Usage usage) {}
                        },
                        Duration.ofSeconds(60),
                        new FailurePolicy(3, new Backoff(RETRY_DELAY, Duration.ofMinutes(15), noJitter())),
                        Runnable::run,
                        new Forgotten(erasures, metrics),
                        tracing,
                        EarlyCommits.on()),
                InteractionLimits.DEFAULT,
                reflects,
                tellsSessions ? Optional.of(sessions(permits)) : Optional.empty(),
                ReflectorTopology.Retention.standard(IDLE_GAP),
                Optional.empty());
    }

    private ReflectProcessor.Lane<Fact> lane(ScriptedReflector reflector, Permits permits, int batchSize) {
        var circuit = new Circuit(reflector.tier(), CIRCUIT_OPEN, clock);
        var ofLane = permits.lane();
        return new ReflectProcessor.Lane<>(
                reflector,
                circuit,
                ofLane,
                new Batching(batchSize, Integer.MAX_VALUE, linger),
                strict.contains(reflector.tier()),
                new LaneMetrics(metrics, reflector.tier(), circuit::state, ofLane::inFlight));
    }

    private SessionProcessor.Model sessions(Permits permits) {
        var circuit = new Circuit("session", CIRCUIT_OPEN, clock);
        var beside = permits.beside();
        return new SessionProcessor.Model(
                sessions,
                circuit,
                beside,
                new LaneMetrics(metrics, "session", circuit::state, beside::inFlight),
                8_000);
    }

    /** Draws the middle of every range. */
    static RandomGenerator noJitter() {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public double nextDouble(double origin, double bound) {
                return (origin + bound) / 2;
            }
        };
    }

    void send(String user, String interactionId, String text) {
        send(interaction(user, interactionId, text).build());
    }

    void send(String user, String interactionId, String text, Priority priority) {
        send(interaction(user, interactionId, text).setPriority(priority).build());
    }

    void send(Interaction interaction) {
        interactions.pipeInput(interaction.getNamespace() + "/" + interaction.getUserId(), interaction);
    }

    static Interaction.Builder interaction(String user, String interactionId, String text) {
        return Interaction.newBuilder()
                .setInteractionId(interactionId)
                .setNamespace("default")
                .setUserId(user)
                .setSessionId("s1")
                .setPriority(Priority.NORMAL)
                .setOccurredAt(START)
                .setMessages(List.of(Message.newBuilder()
                        .setMessageId(interactionId + ":0")
                        .setRole(Role.USER)
                        .setContent(text)
                        .setSentAt(START)
                        .build()));
    }

    /** Lets the stage see the completions. */
    void tick() {
        advance(Duration.ofMillis(10));
    }

    void advance(Duration time) {
        clock.move(time);
        driver.advanceWallClockTime(time);
    }

    /** Answers every call until none is open. */
    void succeedAll() {
        var open = new ArrayList<ScriptedReflector.Call>();
        do {
            open.clear();
            for (var reflector : List.of(episodic, semantic, procedural)) {
                open.addAll(reflector.open());
            }
            open.forEach(ScriptedReflector.Call::succeed);
            tick();
        } while (!open.isEmpty());
    }

    <T extends SpecificRecord> TestOutputTopic<String, T> output(Topic topic) {
        return driver.createOutputTopic(topic.name(), new StringDeserializer(), serdes.<T>deserializer());
    }

    List<Fact> facts(Tier tier) {
        return this.<Fact>output(Topics.memories(tier)).readValuesToList();
    }

    List<ReflectionTask> tasks(Tier tier) {
        return this.<ReflectionTask>output(Topics.tasks(tier)).readValuesToList();
    }

    List<ReflectionStatus> statuses() {
        return this.<ReflectionStatus>output(Topics.REFLECTIONS).readValuesToList();
    }

    List<DeadLetter> deadLetters() {
        return this.<DeadLetter>output(Topics.DEAD_LETTERS).readValuesToList();
    }

    @Override
    public void close() {
        driver.close();
    }
}
