package io.memoryreflector.streams;

import static io.memoryreflector.streams.group.GroupProtocol.CLASSIC;
import static io.memoryreflector.streams.group.GroupProtocol.STREAMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.events.Episode;
import io.memoryreflector.events.Fact;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Procedure;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.events.Tier;
import io.memoryreflector.reflection.Reflector;
import io.memoryreflector.reflection.Usage;
import io.memoryreflector.schemas.InteractionLimits;
import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.erasure.Erasures;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topic;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.schemas.trace.Tracing;
import io.memoryreflector.streams.admission.Admission;
import io.memoryreflector.streams.deadletter.PoisonHandler;
import io.memoryreflector.streams.erasure.Forgotten;
import io.memoryreflector.streams.group.GroupProtocol;
import io.memoryreflector.streams.group.StreamsGroup;
import io.memoryreflector.streams.metrics.LaneMetrics;
import io.memoryreflector.streams.reflect.Batching;
import io.memoryreflector.streams.reflect.Circuit;
import io.memoryreflector.streams.reflect.FailurePolicy;
import io.memoryreflector.streams.reflect.Permits;
import io.memoryreflector.streams.reflect.ReflectProcessor;
import io.memoryreflector.streams.retry.Backoff;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What docs/operations.md promises of an upgrade to a changed topology, on a real Kafka: tasks that wait stay. */
@ExtendWith(SharedServers.class)
class UpgradeIT {

    private static final String ADDED_TOPIC = "upgrade.added";
    private static final int PARTITIONS = SharedServers.PARTITIONS;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration ADMIN = Duration.ofSeconds(30);

    private final CompletableFuture<Void> gate = new CompletableFuture<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final EventSerdes serdes = SharedServers.serdes();

    @TempDir
    private Path state;

    @BeforeAll
    static void createTheAddedTopic() throws Exception {
        try (var admin = Admin.create(SharedServers.kafka())) {
            admin.createTopics(List.of(new NewTopic(ADDED_TOPIC, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
    }

    @Test
    void shouldKeepWhatWaitsOverEachKindOfUpgrade() {
        var running = new HashMap<String, Instance>();
        try {
            running.put("a", start("a", CLASSIC, topology -> {}));
            running.put("b", start("b", CLASSIC, topology -> {}));
            send(0, 60);
            awaitWaiting(running, 180);

            for (var name : List.of("a", "b")) {
                running.get(name).close();
                running.put(name, start(name, CLASSIC, UpgradeIT::withANodeMore));
            }
            awaitWaiting(running, 180);

            running.values().forEach(Instance::close);
            running.replaceAll((name, before) -> start(name, CLASSIC, UpgradeIT::withOtherSubTopologies));
            awaitWaiting(running, 180);

            running.values().forEach(Instance::close);
            running.replaceAll((name, before) -> start(name, STREAMS, UpgradeIT::withOtherSubTopologies));
            awaitWaiting(running, 180);

            send(60, 80);
            gate.complete(null);
            await("all is reflected").atMost(SOON).untilAsserted(this::assertEachIsReflectedOnce);
        } finally {
            running.values().forEach(Instance::close);
        }
        assertEachIsReflectedOnce();
        assertThat(failures).isEmpty();
    }

    private void assertEachIsReflectedOnce() {
        var each = IntStream.range(0, 80).mapToObj(UpgradeIT::interactionId).toList();
        assertThat(reflected(Topics.EPISODIC, Episode::getSources)).containsExactlyInAnyOrderElementsOf(each);
        assertThat(reflected(Topics.SEMANTIC, Fact::getSources)).containsExactlyInAnyOrderElementsOf(each);
        assertThat(reflected(Topics.PROCEDURAL, Procedure::getSources)).containsExactlyInAnyOrderElementsOf(each);
    }

    private static void withANodeMore(Topology topology) {
        topology.addProcessor("added", Nothing::new, Names.tasks(Tier.EPISODIC));
    }

    /** One more, with a source and a store; and two lanes become one, so that those after it have other numbers. */
    private static void withOtherSubTopologies(Topology topology) {
        withANodeMore(topology);
        topology.addProcessor("both", Nothing::new, Names.tasks(Tier.EPISODIC), Names.tasks(Tier.SEMANTIC));
        topology.addSource("more", new StringDeserializer(), new StringDeserializer(), ADDED_TOPIC);
        topology.addProcessor("keep", Keep::new, "more");
        topology.addStateStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore("kept"), Serdes.String(), Serdes.String()),
                "keep");
    }

    private static final class Nothing extends ContextualProcessor<Object, Object, Void, Void> {
        @Override
        public void process(Record<Object, Object> record) {}
    }

    private static final class Keep extends ContextualProcessor<String, String, Void, Void> {
        @Override
        public void process(Record<String, String> record) {
            KeyValueStore<String, String> kept = context().getStateStore("kept");
            kept.put(record.key(), record.value());
        }
    }

    /** A reflector as the program makes it, but for the models. */
    private Instance start(String name, GroupProtocol protocol, Consumer<Topology> change) {
        var metrics = new SimpleMeterRegistry();
        var permits = new Permits(64);
        var topology = ReflectorTopology.build(
                serdes,
                HeldReflector.ofAllTiers(gate).stream()
                        .<ReflectProcessor.Lane<?>>map(reflector -> lane(reflector, permits, metrics))
                        .toList(),
                new ReflectProcessor.Shared(
                        new Open(),
                        Duration.ofMinutes(5),
                        new FailurePolicy(
                                3,
                                new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1), TopologyFixture.noJitter())),
                        Runnable::run,
                        new Forgotten(new Erasures(), metrics),
                        Tracing.off(),
                        EarlyCommits.on()),
                InteractionLimits.DEFAULT,
                true,
                Optional.empty(),
                ReflectorTopology.Retention.standard(Duration.ofMinutes(30)),
                Optional.empty());
        change.accept(topology);
        var variables = new HashMap<String, String>();
        SharedServers.kafka().forEach((key, value) -> variables.put("KAFKA_BOOTSTRAP_SERVERS", value.toString()));
        variables.put("REFLECTOR_APPLICATION_ID", "upgrade");
        variables.put("REFLECTOR_GROUP_PROTOCOL", protocol.name());
        if (protocol == CLASSIC) {
            variables.put("REFLECTOR_INSTANCE_ID", name);
        }
        variables.put("REFLECTOR_STANDBYS", "1");
        variables.put("REFLECTOR_THREADS", "1");
        variables.put("REFLECTOR_STATE_DIR", state.resolve(name).toString());
        var settings = ReflectorSettings.from(new Environment(variables));
        prepare(settings);
        var properties = settings.streams();
        properties.put(PoisonHandler.SEALING, serdes.sealing());
        var streams = new KafkaStreams(topology, properties);
        streams.setUncaughtExceptionHandler(error -> {
            failures.add(error);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        var instance = new Instance(streams, metrics);
        streams.start();
        await(name + " runs").atMost(SOON).until(() -> streams.state() == KafkaStreams.State.RUNNING);
        return instance;
    }

    private static void prepare(ReflectorSettings settings) {
        try (var admin = Admin.create(settings.kafka())) {
            new StreamsGroup(admin, settings.applicationId(), ADMIN).prepare(settings.membership());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <M extends SpecificRecord> ReflectProcessor.Lane<M> lane(
            Reflector<M> reflector, Permits permits, SimpleMeterRegistry metrics) {
        var circuit = new Circuit(reflector.tier(), Duration.ofSeconds(1), Clock.systemUTC());
        var ofLane = permits.lane();
        return new ReflectProcessor.Lane<>(
                reflector,
                circuit,
                ofLane,
                Batching.of(10),
                false,
                new LaneMetrics(metrics, reflector.tier(), circuit::state, ofLane::inFlight));
    }

    private record Instance(KafkaStreams streams, SimpleMeterRegistry metrics) implements AutoCloseable {

        double waiting() {
            return metrics.find("reflector.pending").gauges().stream()
                    .mapToDouble(Gauge::value)
                    .sum();
        }

        @Override
        public void close() {
            streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                    .withTimeout(ADMIN));
        }
    }

    private static final class Open implements Admission {
        @Override
        public Verdict ask(String namespace, int tokens, long now) {
            return new Granted();
        }

        @Override
        public void settle(int tokens, Usage usage) {}
    }

    private static void awaitWaiting(Map<String, Instance> running, int tasks) {
        await(tasks + " tasks wait")
                .atMost(SOON)
                .until(
                        () -> running.values().stream()
                                .mapToDouble(Instance::waiting)
                                .sum(),
                        waiting -> waiting == tasks);
    }

    private void send(int from, int to) {
        try (var producer = new KafkaProducer<String, Interaction>(
                SharedServers.kafka(), new StringSerializer(), serdes.serializer())) {
            for (int number = from; number < to; number++) {
                var interaction = TopologyFixture.interaction(
                                "user-" + number % 20, interactionId(number), "note " + number)
                        .setNamespace("upgrade")
                        .build();
                producer.send(new ProducerRecord<>(
                        Topics.INTERACTIONS.name(), "upgrade/" + interaction.getUserId(), interaction));
            }
        }
    }

    private static String interactionId(int number) {
        return "upgrade:" + number;
    }

    /** The interactions that a topic's memories rest on. */
    private <M extends SpecificRecord> List<String> reflected(Topic topic, Function<M, List<SourceRef>> sources) {
        var config = new HashMap<>(SharedServers.kafka());
        config.put("isolation.level", "read_committed");
        var found = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), serdes.<M>deserializer())) {
            var partitions = IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record ->
                                found.add(sources.apply(record.value()).get(0).getInteractionId()));
            }
        }
        return found;
    }
}
