package io.memoryreflector.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.events.UserForgotten;
import io.memoryreflector.ingest.log.EventLog;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.erasure.Erasures;
import io.memoryreflector.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Kafka goes away: interactions are taken all the same, kept on disk, and sent on in order when Kafka is back. */
@ExtendWith(SharedServers.class)
class KafkaAwayIT {

    private static final Duration HEALING = Duration.ofSeconds(60);

    private LocalStack stack;

    /** One for each test, with an outbox of its own. */
    private Service service;

    @BeforeEach
    void start() {
        stack = SharedServers.breakable();
    }

    @AfterEach
    void close() {
        if (service != null) {
            service.close();
        }
    }

    @Test
    void shouldSpoolWithinTwoSecondsAndSendOnInOrderWhenKafkaIsBack() throws Exception {
        service = Service.start(stack, Map.of());
        assertThat(write("first-user", "before").text("/status")).isEqualTo("queued_reflection");

        stack.process(Part.KAFKA).kill();
        var begun = System.nanoTime();
        var first = write("first-user", "first");
        var took = Duration.ofNanos(System.nanoTime() - begun);

        assertThat(first.status()).as(first.response().body()).isEqualTo(202);
        assertThat(first.text("/status")).isEqualTo("spooled");
        assertThat(first.text("/links/status")).isEqualTo("/api/v1/interactions/first");
        assertThat(took).isLessThan(Duration.ofSeconds(2));
        begun = System.nanoTime();
        var expected = spoolManyOfManyUsers();
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .as("once Kafka is known to be away nobody waits for it")
                .isLessThan(Duration.ofSeconds(10));
        assertThat(write("first-user", "first").text("/status"))
                .as("a repeat is taken and kept once")
                .isEqualTo("spooled");
        assertThat(service.get("/api/v1/interactions/first").text("/status")).isEqualTo("queued");
        assertThat(service.get("/actuator/health/readiness").status()).isEqualTo(200);
        assertThat(service.get("/actuator/health/liveness").status()).isEqualTo(200);
        assertThat(service.get("/actuator/health").text("/components/kafka/status"))
                .isEqualTo("DOWN");
        assertThat(metrics()).contains("reflector_outbox_depth 201.0");

        stack.process(Part.KAFKA).restart();
        var after = new ArrayList<String>();
        await().atMost(HEALING).untilAsserted(() -> {
            var id = "after-" + after.size();
            after.add(id);
            assertThat(write("u0", id).text("/status")).isEqualTo("queued_reflection");
        });
        await().atMost(HEALING).untilAsserted(() -> assertThat(metrics()).contains("reflector_outbox_depth 0.0"));

        assertThat(TopicReader.idsOf(stack, "first-user")).containsExactly("before", "first");
        expected.get(0).addAll(after);
        for (var user = 0; user < expected.size(); user++) {
            assertThat(TopicReader.idsOf(stack, "u" + user)).isEqualTo(expected.get(user));
        }
        await().atMost(HEALING)
                .untilAsserted(() ->
                        assertThat(write("first-user", "first").text("/status")).isEqualTo("duplicate"));
    }

    @Test
    void shouldKeepEachUsersOrderWhileKafkaComesAndGoesUnderLoad() throws Exception {
        service = Service.start(stack, Map.of());
        var writing = new AtomicBoolean(true);
        var users = Executors.newFixedThreadPool(6);
        try {
            var running = new ArrayList<Future<List<String>>>();
            for (var i = 0; i < 6; i++) {
                var user = "steady-" + i;
                running.add(users.submit(() -> {
                    var ids = new ArrayList<String>();
                    while (writing.get()) {
                        var id = user + ":" + ids.size();
                        var answer = write(user, id);
                        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
                        ids.add(id);
                    }
                    return ids;
                }));
            }
            for (var i = 0; i < 2; i++) {
                awaitMetric("reflector_outbox_depth 0.0");
                stack.process(Part.KAFKA).kill();
                awaitMetric("reflector_outbox_depth [1-9]");
                stack.process(Part.KAFKA).restart();
            }
            awaitMetric("reflector_outbox_depth 0.0");
            writing.set(false);
            for (var i = 0; i < 6; i++) {
                var expected = running.get(i).get(60, TimeUnit.SECONDS);
                awaitMetric("reflector_outbox_depth 0.0");
                assertThat(expected).hasSizeGreaterThan(10);
                assertThat(TopicReader.idsOf(stack, "steady-" + i)).isEqualTo(expected);
            }
        } finally {
            users.shutdownNow();
        }
    }

    private void awaitMetric(String pattern) {
        await().atMost(HEALING).untilAsserted(() -> assertThat(metrics()).containsPattern(pattern));
    }

    @Test
    void shouldKeepTheOrderOfABatch() {
        service = Service.start(stack, Map.of());
        write("batch", "batch-before");
        stack.process(Part.KAFKA).kill();

        var ids = new ArrayList<String>();
        var items = new ArrayList<String>();
        for (var i = 0; i < 100; i++) {
            ids.add("batch-" + i);
            items.add(body("batch", "batch-" + i));
        }
        items.add(body("batch", "batch-7"));
        var begun = System.nanoTime();
        var answer = service.post("/api/v1/interactions:batch", "[" + String.join(",", items) + "]");

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
        assertThat(answer.status()).isEqualTo(202);
        for (var i = 0; i < 100; i++) {
            assertThat(answer.text("/items/" + i + "/answer/status")).isEqualTo("spooled");
        }
        assertThat(answer.text("/items/100/answer/status")).isEqualTo("duplicate");
        stack.process(Part.KAFKA).restart();
        ids.add(0, "batch-before");
        await().atMost(HEALING).untilAsserted(() -> assertThat(TopicReader.idsOf(stack, "batch"))
                .isEqualTo(ids));
    }

    @Test
    void shouldAnswer503WhenTheOutboxIsFull() {
        service = Service.start(stack, Map.of("OUTBOX_MAX_ENTRIES", "3"));
        stack.process(Part.KAFKA).kill();
        for (var i = 0; i < 3; i++) {
            assertThat(write("full", "full-" + i).text("/status")).isEqualTo("spooled");
        }

        var answer = write("full", "full-3");

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(503);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(answer.text("/detail")).contains("the outbox is full", "full-3");
        assertThat(service.post("/api/v1/interactions:batch", "[" + body("full", "full-3") + "]")
                        .status())
                .isEqualTo(503);
        assertThat(service.get("/actuator/health/readiness").status()).isEqualTo(503);
        assertThat(service.get("/actuator/health/liveness").status()).isEqualTo(200);
        assertThat(service.get("/actuator/health").text("/components/outbox/status"))
                .isEqualTo("DOWN");
        assertThat(service.get("/api/v1/interactions/full-3").status())
                .as("what was refused is not pending")
                .isEqualTo(404);

        stack.process(Part.KAFKA).restart();
        await().atMost(HEALING).untilAsserted(() -> {
            assertThat(write("full", "full-3").text("/status")).isEqualTo("queued_reflection");
            assertThat(service.get("/actuator/health/readiness").status()).isEqualTo(200);
        });
        assertThat(TopicReader.idsOf(stack, "full")).containsExactly("full-0", "full-1", "full-2", "full-3");
    }

    @Test
    void shouldNotSendOnWhatOfAForgottenUserWaitsInTheOutboxAndKeepTheTimeOfTheOthers() {
        service = Service.start(stack, Map.of());
        var future = Instant.now().plusSeconds(600).truncatedTo(ChronoUnit.MILLIS);
        service.bean(EventLog.class)
                .write(
                        Topics.ERASURES,
                        new UserKey("default", "forgotten"),
                        future,
                        UserForgotten.newBuilder()
                                .setErasureId("forgetting")
                                .setNamespace("default")
                                .setUserId("forgotten")
                                .setErasedAt(future)
                                .build());
        await().atMost(HEALING)
                .until(() -> service.bean(Erasures.class).find("forgetting").isPresent());
        try (var log = TopicReader.fromNow(stack)) {
            stack.process(Part.KAFKA).kill();
            // What finds out that Kafka is away stays with the producer, which may bring it to the log after all.
            write("finds-out", "found-out");
            assertThat(write("forgotten", "gone").text("/status")).isEqualTo("spooled");
            write("stays", "stays");
            var away = service.send(service.request("/api/v1/users/forgotten").DELETE());
            assertThat(away.status()).isEqualTo(503);
            assertThat(away.header("Retry-After")).isNotEmpty();
            var before = Instant.now();

            stack.process(Part.KAFKA).restart();

            awaitMetric("reflector_outbox_depth 0.0");
            var sent = log.interactions();
            assertThat(sent)
                    .extracting(record -> record.value().getInteractionId())
                    .doesNotContain("gone");
            assertThat(sent)
                    .filteredOn(record -> record.value().getInteractionId().equals("stays"))
                    .isNotEmpty()
                    .allSatisfy(record -> assertThat(Instant.ofEpochMilli(record.timestamp()))
                            .isBefore(before)
                            .isEqualTo(record.value().getReceivedAt()));
        }
    }

    @Test
    void shouldStartWithoutKafkaAndRegistryAndHealWhenTheyAreThere() {
        stack.process(Part.KAFKA).kill();
        stack.process(Part.REGISTRY).kill();

        service = Service.start(stack, Map.of("KAFKA_START_TIMEOUT", "1s"));

        assertThat(service.get("/actuator/health/readiness").status()).isEqualTo(200);
        assertThat(write("early", "early-1").text("/status")).isEqualTo("spooled");
        stack.process(Part.KAFKA).restart();
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                        write("early", "early-2").text("/status"))
                .as("no registry: the schema has no id yet")
                .isEqualTo("spooled"));
        stack.process(Part.REGISTRY).restart();
        await().atMost(HEALING).untilAsserted(() -> assertThat(
                        write("late", UUID.randomUUID().toString()).text("/status"))
                .isEqualTo("queued_reflection"));
        await().atMost(HEALING).untilAsserted(() -> assertThat(TopicReader.idsOf(stack, "early"))
                .containsExactly("early-1", "early-2"));
    }

    @Test
    void shouldKeepWhatKafkaRefusesForItsOwnSakeAndSendOnWhatIsBehindIt() throws Exception {
        service = Service.start(stack, Map.of());
        setLargestRecord(OptionalInt.of(1_000));
        try {
            assertLargeKeptAndSmallSentOn();
        } finally {
            setLargestRecord(OptionalInt.empty());
        }
    }

    private void assertLargeKeptAndSmallSentOn() {
        var incompressible = Stream.generate(UUID::randomUUID).limit(100).toList();

        // The broker takes the setting up in its own time.
        await().atMost(HEALING).untilAsserted(() -> assertThat(service.post(
                                "/api/v1/interactions",
                                "{\"user_id\": \"large\", \"user_message\": \"" + incompressible + "\"}")
                        .text("/status"))
                .isEqualTo("spooled"));
        assertThat(write("large", "small").text("/status"))
                .as("behind what its user has in the outbox")
                .isEqualTo("spooled");
        assertThat(write("other", "another").text("/status")).isEqualTo("queued_reflection");

        await().atMost(HEALING).untilAsserted(() -> assertThat(metrics())
                .contains("reflector_outbox_refused 1.0", "reflector_outbox_depth 1.0"));
        assertThat(TopicReader.idsOf(stack, "large")).endsWith("small");
    }

    /** Nothing is the topic's default. */
    private void setLargestRecord(OptionalInt bytes) throws Exception {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, Topics.INTERACTIONS.name());
        var set = new AlterConfigOp(
                new ConfigEntry("max.message.bytes", bytes.isPresent() ? "" + bytes.getAsInt() : null),
                bytes.isPresent() ? AlterConfigOp.OpType.SET : AlterConfigOp.OpType.DELETE);
        service.bean(Admin.class)
                .incrementalAlterConfigs(Map.of(topic, List.of(set)))
                .all()
                .get(30, TimeUnit.SECONDS);
    }

    /** Ten users at once, each waiting for an answer before sending the next. */
    private List<List<String>> spoolManyOfManyUsers() throws Exception {
        var users = Executors.newFixedThreadPool(10);
        try {
            var running = new ArrayList<Future<List<String>>>();
            for (var i = 0; i < 10; i++) {
                var user = "u" + i;
                running.add(users.submit(() -> {
                    var ids = new ArrayList<String>();
                    for (var turn = 0; turn < 20; turn++) {
                        ids.add(user + "-" + turn);
                        assertThat(write(user, user + "-" + turn).text("/status"))
                                .isEqualTo("spooled");
                    }
                    return ids;
                }));
            }
            var expected = new ArrayList<List<String>>();
            for (var one : running) {
                expected.add(one.get(60, TimeUnit.SECONDS));
            }
            return expected;
        } finally {
            users.shutdownNow();
        }
    }

    private Service.Answer write(String user, String id) {
        return service.post("/api/v1/interactions", body(user, id));
    }

    private String metrics() {
        return service.get("/actuator/prometheus").response().body();
    }

    private static String body(String user, String id) {
        return "{\"user_id\": \"%s\", \"interaction_id\": \"%s\", \"user_message\": \"hello\"}".formatted(user, id);
    }
}
