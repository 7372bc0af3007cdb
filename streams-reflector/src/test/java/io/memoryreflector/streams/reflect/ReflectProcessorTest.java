package io.memoryreflector.streams.reflect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.ErasureScope;
import io.memoryreflector.events.Fact;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.Role;
import io.memoryreflector.events.Tier;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.erasure.Erasures;
import io.memoryreflector.schemas.serde.StateSerde;
import io.memoryreflector.schemas.trace.Tracing;
import io.memoryreflector.state.PendingTask;
import io.memoryreflector.streams.EarlyCommits;
import io.memoryreflector.streams.NamedAvroDeserializer;
import io.memoryreflector.streams.NamedAvroSerializer;
import io.memoryreflector.streams.Raw;
import io.memoryreflector.streams.ScriptedReflector;
import io.memoryreflector.streams.admission.Admission;
import io.memoryreflector.streams.erasure.Forgotten;
import io.memoryreflector.streams.metrics.LaneMetrics;
import io.memoryreflector.streams.retry.Backoff;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to a stage whose task is closed and opened again, with the store as the only thing that stays. */
class ReflectProcessorTest {

    private final Erasures erasures = new Erasures();

    private static final Instant NOW = Instant.parse("2026-05-02T10:00:00Z");

    private final ScriptedReflector reflector = new ScriptedReflector(Tier.SEMANTIC);
    private Tracing tracing = Tracing.off();
    private final Permits permits = new Permits(4);
    private final LaneMetrics metrics = new LaneMetrics(new SimpleMeterRegistry(), Tier.SEMANTIC, () -> 0, () -> 0);
    private KeyValueStore<Bytes, PendingTask> store;

    @BeforeEach
    void openStore() {
        store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("pending"),
                        Serdes.Bytes(),
                        StateSerde.<PendingTask>of(PendingTask.SCHEMA$))
                .withLoggingDisabled()
                .build();
    }

    @Test
    void shouldTakeUpPendingTasksAfterARestartInTheirOrder() {
        var before = open();
        process(before, "ada", "i1");
        process(before, "ada", "i2");
        assertThat(reflector.open()).hasSize(1);

        var after = open();

        assertThat(reflector.open().get(1).tasks())
                .extracting(ReflectionTask::getInteractionId)
                .containsExactly("i1", "i2");
        reflector.open().get(1).succeed();
        tick(after);
        assertThat(memories(after)).hasSize(2);
        assertThat(store.approximateNumEntries()).isZero();
    }

    @Test
    void shouldIgnoreACompletionThatArrivesAfterItsTaskWasClosed() {
        var before = open();
        process(before, "ada", "i1");
        var late = reflector.only();
        before.processor.close();
        var after = open();
        var current = reflector.open().get(1);

        late.succeed();
        tick(after);
        assertThat(memories(after)).isEmpty();
        assertThat(store.approximateNumEntries()).isEqualTo(1);

        current.succeed();
        tick(after);
        assertThat(memories(after)).hasSize(1);
        assertThat(permits.taken()).isZero();
    }

    @Test
    void shouldStartTheNextCallWhileAnAnsweredOneIsWorkedOn() {
        var stage = open();
        for (int user = 0; user < 5; user++) {
            process(stage, "user" + user, "i" + user);
        }
        assertThat(reflector.open()).hasSize(4);

        reflector.open().get(0).request().answered().run();
        tick(stage);

        assertThat(reflector.open()).hasSize(5);
        reflector.open().forEach(ScriptedReflector.Call::succeed);
        tick(stage);
        assertThat(memories(stage)).hasSize(5);
        assertThat(permits.taken()).isZero();
    }

    @Test
    void shouldForgetACompletionThatArrivesAfterTheSameProcessorWasInitialisedAgain() {
        var stage = open();
        process(stage, "ada", "i1");
        var late = reflector.only();
        stage.processor.close();
        stage.processor.init(stage.context);

        late.succeed();
        tick(stage);

        assertThat(memories(stage)).isEmpty();
        assertThat(store.approximateNumEntries()).isEqualTo(1);
    }

    @Test
    void shouldGoOnInTheSameTraceAfterARestart() {
        var spans = InMemorySpanExporter.create();
        tracing = Tracing.of(
                OpenTelemetrySdk.builder()
                        .setTracerProvider(SdkTracerProvider.builder()
                                .addSpanProcessor(SimpleSpanProcessor.create(spans))
                                .build())
                        .build(),
                () -> {});
        var traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        process(open(), "ada", "i1", new RecordHeaders().add("traceparent", traceparent.getBytes(UTF_8)));

        var after = open();
        reflector.open().forEach(ScriptedReflector.Call::succeed);
        tick(after);

        assertThat(spans.getFinishedSpanItems())
                .filteredOn(span -> span.getName().equals("reflect semantic"))
                .singleElement()
                .satisfies(span -> {
                    assertThat(span.getTraceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
                    assertThat(span.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
                    assertThat(span.getStartEpochNanos()).isEqualTo(NOW.toEpochMilli() * 1_000_000);
                });
    }

    @Test
    void shouldForgetAfterARestartWhatWasErasedMeanwhileAndDropTheCallThatItBegan() {
        process(open(), "ada", "i1");
        process(open(), "bob", "b1");
        erasures.add(new UserKey("default", "ada"), ErasureScope.USER, null, NOW);
        var after = open();

        after.context.scheduledPunctuators().get(0).getPunctuator().punctuate(NOW.toEpochMilli());
        // Calls of the runs before hold permits, so Bob's begins once they are over.
        for (int round = 0; round < 2; round++) {
            reflector.open().forEach(ScriptedReflector.Call::succeed);
            tick(after);
        }

        assertThat(memories(after)).extracting(Fact::getUserId).containsExactly("bob");
        assertThat(store.approximateNumEntries()).isZero();
    }

    private record Stage(ReflectProcessor<Fact> processor, MockProcessorContext<String, SpecificRecord> context) {}

    private Stage open() {
        var processor = new ReflectProcessor<>(
                new ReflectProcessor.Nodes(
                        "pending", "memories", "retry", "dead-letters", "outcomes", Optional.empty()),
                new ReflectProcessor.Shared(
                        Admission.UNLIMITED,
                        Duration.ofSeconds(60),
                        new FailurePolicy(3, new Backoff(Duration.ofSeconds(30), Duration.ofMinutes(5), new Random(1))),
                        Runnable::run,
                        new Forgotten(erasures, new SimpleMeterRegistry()),
                        tracing,
                        EarlyCommits.on()),
                new ReflectProcessor.Lane<>(
                        reflector,
                        new Circuit(Tier.SEMANTIC, Duration.ofSeconds(10), Clock.systemUTC()),
                        permits.lane(),
                        Batching.of(10),
                        false,
                        metrics),
                deserializer(),
                new NamedAvroDeserializer());
        var context = new MockProcessorContext<String, SpecificRecord>();
        context.setCurrentSystemTimeMs(NOW.toEpochMilli());
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        processor.init(context);
        tick(new Stage(processor, context));
        return new Stage(processor, context);
    }

    @SuppressWarnings("unchecked")
    private static Deserializer<ReflectionTask> deserializer() {
        return (Deserializer<ReflectionTask>) (Deserializer<?>) new NamedAvroDeserializer();
    }

    private static void process(Stage stage, String user, String interactionId) {
        process(stage, user, interactionId, new RecordHeaders());
    }

    private static void process(Stage stage, String user, String interactionId, Headers headers) {
        var task = ReflectionTask.newBuilder()
                .setInteractionId(interactionId)
                .setNamespace("default")
                .setUserId(user)
                .setTier(Tier.SEMANTIC)
                .setOccurredAt(NOW)
                .setRecordedAt(NOW)
                .setMessages(List.of(Message.newBuilder()
                        .setMessageId("m")
                        .setRole(Role.USER)
                        .setContent("hello")
                        .setSentAt(NOW)
                        .build()))
                .build();
        stage.context.setRecordMetadata("reflector.tasks.semantic", 0, 1);
        stage.processor.process(new Record<>(
                "default/" + user,
                new Raw<>(task, new NamedAvroSerializer().serialize("", task)),
                NOW.toEpochMilli(),
                headers));
    }

    private static void tick(Stage stage) {
        var punctuators = stage.context.scheduledPunctuators();
        punctuators.get(punctuators.size() - 1).getPunctuator().punctuate(NOW.toEpochMilli());
    }

    private static List<Fact> memories(Stage stage) {
        return stage.context.forwarded("memories").stream()
                .map(forward -> (Fact) forward.record().value())
                .toList();
    }
}
