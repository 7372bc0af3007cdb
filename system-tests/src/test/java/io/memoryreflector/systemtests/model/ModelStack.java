package io.memoryreflector.systemtests.model;

import static org.awaitility.Awaitility.await;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Priority;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.events.SessionEnded;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.systemtests.model.load.CommittedRecords;
import io.memoryreflector.systemtests.model.load.Feed;
import io.memoryreflector.systemtests.model.load.ReflectorMetrics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Real servers and a reflector that asks the stub. One thread. */
final class ModelStack implements AutoCloseable {

    static final Instant AT = Instant.parse("2026-05-02T10:00:00Z");
    static final int MAX_RETRIES = 2;
    static final int WORKERS = 128;

    /** A namespace with a budget that a few calls use up. */
    static final String THRIFTY = "thrifty";

    private static final Duration REFLECTED_WITHIN = Duration.ofMinutes(3);
    private static final Set<ReflectionState> FINAL =
            EnumSet.of(ReflectionState.COMPLETED, ReflectionState.PARTIAL, ReflectionState.FAILED);

    private final StubModel stub;
    private final LocalStack stack;
    private final Feed feed;
    private final ReflectorMetrics metrics;
    private final CommittedRecords records;

    private ModelStack(StubModel stub, LocalStack stack) {
        this.stub = stub;
        this.stack = stack;
        var serdes = EventSerdes.of(stack.schemaRegistryUrl());
        this.feed = new Feed(stack.kafkaBootstrapServers(), serdes);
        this.metrics = new ReflectorMetrics(stack.reflectorUrl());
        this.records = new CommittedRecords(stack.kafkaBootstrapServers(), serdes);
    }

    static ModelStack start(Set<Part> parts) throws IOException {
        var stub = StubModel.start(0, Behaviour.well(Duration.ZERO));
        var settings = Map.ofEntries(
                Map.entry("OPENAI_BASE_URL", stub.baseUrl().toString()),
                Map.entry("OPENAI_MODEL", "stub"),
                Map.entry("OPENAI_API_KEY", "sk-not-a-key"),
                Map.entry("REFLECTION_WORKERS", Integer.toString(WORKERS)),
                Map.entry("REFLECTION_BATCH_SIZE", "10"),
                Map.entry("REFLECTION_DAILY_TOKENS", THRIFTY + "=1000"),
                Map.entry("REFLECTION_MAX_RETRIES", Integer.toString(MAX_RETRIES)),
                Map.entry("REFLECTION_RETRY_DELAY", "PT0.2S"),
                Map.entry("REFLECTION_RETRY_MAX_DELAY", "PT1S"),
                Map.entry("REFLECTION_CIRCUIT_OPEN", "PT1S"),
                Map.entry("REFLECTION_TIMEOUT", "PT15S"));
        try {
            return new ModelStack(stub, LocalStack.start(parts, settings));
        } catch (RuntimeException e) {
            stub.close();
            throw e;
        }
    }

    StubModel stub() {
        return stub;
    }

    LocalStack stack() {
        return stack;
    }

    Feed feed() {
        return feed;
    }

    CommittedRecords records() {
        return records;
    }

    ReflectorMetrics.Sample metrics() throws InterruptedException {
        return metrics.read();
    }

    /** Answers well from now on after this time, and remembers only what comes from now on. */
    void answerAfter(Duration latency) {
        stub.behave(Behaviour.well(latency));
        stub.log().clear();
    }

    /** An interaction of one message by Ada that was sent so many days into the story. */
    static Interaction said(String user, String id, int day, String text) {
        return Feed.interaction(user, id, text, AT.plus(Duration.ofDays(day)), Priority.NORMAL);
    }

    void send(List<Interaction> interactions) {
        feed.send(interactions, sent -> {});
    }

    /** Says that a session of the default namespace is over. */
    void endSession(String user, String session) {
        try (var producer = new KafkaProducer<String, SessionEnded>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafkaBootstrapServers()),
                new StringSerializer(),
                EventSerdes.of(stack.schemaRegistryUrl()).serializer())) {
            var ended = new SessionEnded("default", user, session, Instant.now());
            producer.send(new ProducerRecord<>(Topics.SESSION_ENDS.name(), "default/" + user, ended));
        }
    }

    /** Waits until each has come to its end; returns the ends by interaction. */
    Map<String, ReflectionState> awaitFinal(Collection<String> ids) {
        return await().atMost(REFLECTED_WITHIN)
                .pollInterval(Duration.ofMillis(300))
                .until(this::ends, ends -> ends.keySet().containsAll(ids));
    }

    private Map<String, ReflectionState> ends() {
        var ends = new HashMap<String, ReflectionState>();
        records.<ReflectionStatus>read(Topics.REFLECTIONS, record -> {
            if (FINAL.contains(record.value().getState())) {
                ends.put(record.key(), record.value().getState());
            }
        });
        return ends;
    }

    @Override
    public void close() {
        feed.close();
        stack.close();
        stub.close();
    }
}
