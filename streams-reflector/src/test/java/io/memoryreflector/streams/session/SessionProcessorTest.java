package io.memoryreflector.streams.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.ErasureScope;
import io.memoryreflector.events.Fact;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.SessionSummary;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.reflection.ReflectionFailure;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.erasure.Erasures;
import io.memoryreflector.schemas.serde.StateSerde;
import io.memoryreflector.schemas.trace.Tracing;
import io.memoryreflector.state.SessionEntry;
import io.memoryreflector.streams.EarlyCommits;
import io.memoryreflector.streams.Raw;
import io.memoryreflector.streams.ScriptedSessionReflector;
import io.memoryreflector.streams.admission.Admission;
import io.memoryreflector.streams.erasure.Forgotten;
import io.memoryreflector.streams.metrics.LaneMetrics;
import io.memoryreflector.streams.reflect.Circuit;
import io.memoryreflector.streams.reflect.FailurePolicy;
import io.memoryreflector.streams.reflect.Permits;
import io.memoryreflector.streams.reflect.ReflectProcessor;
import io.memoryreflector.streams.retry.Backoff;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** What happens to a session's call whose task is closed and opened again, with the store as the only thing that stays. */
class SessionProcessorTest {

    private static final Instant NOW = Instant.parse("2026-05-02T10:00:00Z");
    private static final Duration IDLE_GAP = Duration.ofMinutes(30);
    private static final long OVER = NOW.plus(IDLE_GAP).plusSeconds(1).toEpochMilli();

    private final Erasures erasures = new Erasures();
    private final ScriptedSessionReflector reflector = new ScriptedSessionReflector();
    private final Permits permits = new Permits(64);
    private final KeyValueStore<Bytes, SessionEntry> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore("sessions"),
                    Serdes.Bytes(),
                    StateSerde.<SessionEntry>of(SessionEntry.SCHEMA$))
            .withLoggingDisabled()
            .build();

    @Test
    void shouldAskAgainAfterACrashBetweenCallAndAnswer() {
        var before = open(NOW.toEpochMilli());
        remember(before, "Ada moves.");
        tick(before, OVER);
        var lost = reflector.only();

        var after = open(OVER);
        tick(after, OVER);
        assertThat(summaries(after)).isEmpty();
        lost.tell("Told to nobody.");
        tick(after, OVER);
        assertThat(summaries(after)).isEmpty();
        reflector.only().tell("Ada is moving house.");
        tick(after, OVER);

        assertThat(summaries(before)).extracting(SessionSummary::getRevision).containsExactly(1);
        assertThat(summaries(after)).singleElement().satisfies(summary -> {
            assertThat(summary.getRevision()).isEqualTo(2);
            assertThat(summary.getSummary()).isEqualTo("Ada is moving house.");
        });
        assertThat(permits.taken()).isZero();
    }

    @Test
    void shouldAskNoMoreOnceTheAnswerIsWritten() {
        var before = open(NOW.toEpochMilli());
        remember(before, "Ada moves.");
        tick(before, OVER);
        reflector.only().tell("Ada is moving house.");
        tick(before, OVER);
        assertThat(summaries(before)).hasSize(2);

        tick(open(OVER), OVER);

        assertThat(reflector.open()).isEmpty();
    }

    @Test
    void shouldRememberOverACrashHowOftenItHasTried() {
        var before = open(NOW.toEpochMilli());
        remember(before, "Ada moves.");
        tick(before, OVER);
        var now = OVER;
        for (int attempt = 1; attempt <= 3; attempt++) {
            reflector.only().fail(overloaded());
            tick(before, now);
            before = open(now);
            tick(before, now);
            assertThat(reflector.open()).isEmpty();
            now += Duration.ofMinutes(10).toMillis();
            tick(before, now);
        }
        reflector.only().fail(overloaded());
        tick(before, now);

        tick(open(now), now + Duration.ofDays(1).toMillis());
        assertThat(reflector.open()).isEmpty();
    }

    @Test
    void shouldAskNothingAfterACrashOfWhatWasForgottenMeanwhile() {
        var before = open(NOW.toEpochMilli());
        remember(before, "Ada moves.");
        tick(before, OVER);
        assertThat(reflector.open()).hasSize(1);
        erasures.add(new UserKey("default", "ada"), ErasureScope.USER, null, NOW);

        tick(open(OVER), OVER);

        assertThat(reflector.open()).hasSize(1);
    }

    private static ReflectionFailure overloaded() {
        return new ReflectionFailure.Transient(new IOException("503"), Optional.empty());
    }

    private record Stage(SessionProcessor processor, MockProcessorContext<String, SpecificRecord> context) {}

    private Stage open(long now) {
        var circuit = new Circuit("session", Duration.ofSeconds(10), Clock.systemUTC());
        var processor = new SessionProcessor(
                new SessionProcessor.Nodes("sessions", "summaries", "outcomes"),
                new ReflectProcessor.Shared(
                        Admission.UNLIMITED,
                        Duration.ofSeconds(60),
                        new FailurePolicy(3, new Backoff(Duration.ofSeconds(30), Duration.ofMinutes(5), new Random(1))),
                        Runnable::run,
                        new Forgotten(erasures, new SimpleMeterRegistry()),
                        Tracing.off(),
                        EarlyCommits.on()),
                Optional.of(new SessionProcessor.Model(
                        reflector,
                        circuit,
                        permits.beside(),
                        new LaneMetrics(new SimpleMeterRegistry(), "session", circuit::state, () -> 0),
                        8_000)),
                IDLE_GAP,
                Duration.ofDays(30));
        var context = new MockProcessorContext<String, SpecificRecord>();
        context.setCurrentSystemTimeMs(now);
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        processor.init(context);
        return new Stage(processor, context);
    }

    private static void remember(Stage stage, String text) {
        var fact = Fact.newBuilder()
                .setMemoryId("m1")
                .setNamespace("default")
                .setUserId("ada")
                .setSessionId("s1")
                .setOccurredAt(NOW)
                .setRecordedAt(NOW)
                .setSources(List.of(new SourceRef("i1", "i1:0")))
                .setReflector(new ReflectorVersion("test", "1", null))
                .setSubject("Ada")
                .setPredicate("does")
                .setObject("move")
                .setStatement(text)
                .setValidFrom(NOW)
                .build();
        stage.processor.process(new Record<>("default/ada", new Raw<>(fact, new byte[0]), NOW.toEpochMilli()));
    }

    /** The end of sessions and the model's side; upkeep and purge stand before them. */
    private static void tick(Stage stage, long now) {
        stage.context.setCurrentSystemTimeMs(now);
        var punctuators = stage.context.scheduledPunctuators();
        punctuators
                .subList(punctuators.size() - 2, punctuators.size())
                .forEach(punctuator -> punctuator.getPunctuator().punctuate(now));
    }

    private static List<SessionSummary> summaries(Stage stage) {
        return stage.context.forwarded("summaries").stream()
                .map(forward -> (SessionSummary) forward.record().value())
                .toList();
    }
}
