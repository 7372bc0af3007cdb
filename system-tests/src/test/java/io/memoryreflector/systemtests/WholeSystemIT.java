package io.memoryreflector.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.Role;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.schemas.Ids;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.store.RedisConnection;
import io.memoryreflector.store.shortterm.ShortTermMemory;
import io.memoryreflector.store.shortterm.ShortTermSettings;
import io.memoryreflector.systemtests.http.MemoryApi;
import io.memoryreflector.systemtests.http.Reflected;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;

/** The whole path on real servers: in by REST and by Kafka, recallable, through kills, fast. */
class WholeSystemIT {

    private static final Duration REFLECTED_WITHIN = Duration.ofMinutes(3);
    private static final Instant AT = Instant.parse("2026-05-02T10:00:00Z");

    private static LocalStack stack;
    private static MemoryApi api;
    private static Driver neo4j;

    @BeforeAll
    static void start() {
        stack = LocalStack.start(Part.whole());
        api = new MemoryApi(URI.create(stack.ingestUrl()));
        neo4j = GraphDatabase.driver(stack.neo4jUrl(), AuthTokens.none());
    }

    @AfterAll
    static void stop() {
        neo4j.close();
        stack.close();
    }

    @Test
    void shouldRecallWhatWasPostedAsSoonAsNothingIsPending() throws Exception {
        for (int i = 0; i < 20; i++) {
            var user = "recall-" + i;
            var city = "City" + i;
            assertThat(api.post(interaction(user, "r" + i, "I live in " + city + "."))
                            .status())
                    .isEqualTo(202);

            Reflected.await(api, user, 1, REFLECTED_WITHIN, done -> {});

            var items = api.recall(user, "Where do I live?", 5).path("items");
            assertThat(items.valueStream().map(item -> item.path("text").asString()))
                    .anyMatch(text -> text.contains(city));
            assertThat(items.path(0).path("sources").path(0).path("message_id").asString())
                    .isEqualTo("r" + i + "-m");
        }
    }

    @Test
    void shouldReflectWhatAPlainKafkaProducerSends() throws Exception {
        var interaction = Interaction.newBuilder()
                .setInteractionId("kafka-1")
                .setNamespace("default")
                .setUserId("kafka-user")
                .setOccurredAt(AT)
                .setMessages(List.of(Message.newBuilder()
                        .setMessageId("k1")
                        .setRole(Role.USER)
                        .setContent("My dog is called Biscuit.")
                        .setSentAt(AT)
                        .build()))
                .build();
        // A year-old record outlives every topic's retention on its way.
        produce(interaction, System.currentTimeMillis() - Duration.ofDays(366).toMillis());

        Reflected.await(api, "kafka-user", 1, REFLECTED_WITHIN, done -> {});

        assertThat(api.get("/api/v1/interactions/kafka-1").body().path("status").asString())
                .isEqualTo("completed");
        assertThat(api.recall("kafka-user", "What is my dog called?", 5)
                        .path("items")
                        .path(0)
                        .path("text")
                        .asString())
                .contains("Biscuit");
    }

    @Test
    void shouldKnowARecordWithoutIdsEverywhereByItsPlaceInTheLog() throws Exception {
        var bare = Interaction.newBuilder()
                .setUserId("bare-user")
                .setMessages(List.of(Message.newBuilder()
                        .setRole(Role.USER)
                        .setContent("My cat is called Pepper.")
                        .build()))
                .build();

        var sent = produce(bare, AT.toEpochMilli());
        Reflected.await(api, "bare-user", 1, REFLECTED_WITHIN, done -> {});

        var id = Ids.interaction(sent.topic(), sent.partition(), sent.offset());
        assertThat(api.get("/api/v1/interactions/" + id).body().path("status").asString())
                .isEqualTo("completed");
        var recalled = api.recall("bare-user", "What is my cat called?", 5);
        var source = recalled.path("items").path(0).path("sources").path(0);
        assertThat(source.path("interaction_id").asString()).isEqualTo(id);
        assertThat(source.path("message_id").asString()).isEqualTo(id + ":0");
        assertThat(count("MATCH (m:Message {user_key: 'default/bare-user', message_id: '" + id
                        + ":0'}) RETURN count(m)"))
                .isEqualTo(1);
        try (var redis = RedisConnection.open(URI.create(stack.redisUrl()), Duration.ofSeconds(5))) {
            assertThat(new ShortTermMemory(redis, ShortTermSettings.standard())
                            .recent(new UserKey("default", "bare-user"), Optional.empty(), 5))
                    .singleElement()
                    .satisfies(turn -> {
                        assertThat(turn.getInteractionId()).isEqualTo(id);
                        assertThat(turn.getOccurredAt()).isEqualTo(AT);
                    });
        }
    }

    @Test
    void shouldKeepEveryMessageOnceWhenTheSameIsSentTwice() throws Exception {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 30; i++) {
                var answer = api.post(interaction("twice", "t" + i, "I bought apple number " + i + "."));
                assertThat(answer.status()).isEqualTo(202);
                assertThat(answer.body().path("status").asString())
                        .isEqualTo(round == 0 ? "queued_reflection" : "duplicate");
            }
        }
        Reflected.await(api, "twice", 30, REFLECTED_WITHIN, done -> {});

        assertThat(count("MATCH (m:Message {user_key: 'default/twice'}) RETURN count(m)"))
                .isEqualTo(30);
        assertThat(count("MATCH (m:Episode {user_key: 'default/twice'}) RETURN count(m)"))
                .isEqualTo(30);
        try (var redis = RedisConnection.open(URI.create(stack.redisUrl()), Duration.ofSeconds(5))) {
            var tier1 = new ShortTermMemory(redis, ShortTermSettings.standard());
            assertThat(tier1.recent(new UserKey("default", "twice"), Optional.empty(), 100))
                    .extracting(Interaction::getInteractionId)
                    .hasSize(30)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void shouldLoseAndDoubleNothingWhenEachProgramIsKilledInTheMiddle() throws Exception {
        var total = 2_000;
        var users = 20;
        var kill = Map.of(400, Part.REFLECTOR, 900, Part.CONNECT, 1_400, Part.INGEST);
        var pool = Executors.newFixedThreadPool(3);
        try {
            for (int i = 0; i < total; i++) {
                var part = kill.get(i);
                if (part != null) {
                    stack.process(part).kill();
                    var restarted = pool.submit(() -> stack.process(part).restart());
                    if (part == Part.INGEST) {
                        restarted.get(2, TimeUnit.MINUTES);
                    }
                }
                postUntilAccepted("killed-" + i % users, "kill-" + i, "Entry " + i + ": I saw film number " + i + ".");
            }
        } finally {
            pool.shutdown();
            assertThat(pool.awaitTermination(3, TimeUnit.MINUTES)).isTrue();
        }

        for (int u = 0; u < users; u++) {
            Reflected.await(api, "killed-" + u, total / users, REFLECTED_WITHIN, done -> {});
        }
        assertThat(count("MATCH (e:Episode) WHERE e.user_key STARTS WITH 'default/killed-' RETURN count(e)"))
                .isEqualTo(total);
        assertThat(count("MATCH (e:Episode) WHERE e.user_key STARTS WITH 'default/killed-' "
                        + "UNWIND e.source_interactions AS i RETURN count(DISTINCT i)"))
                .isEqualTo(total);
        assertThat(count("MATCH (m:Message) WHERE m.user_key STARTS WITH 'default/killed-' RETURN count(m)"))
                .isEqualTo(total);
        for (int u = 0; u < users; u++) {
            var status = api.userStatus("killed-" + u);
            assertThat(status.path("completed").asInt()).isEqualTo(total / users);
            assertThat(status.path("received").asInt()).isEqualTo(total / users);
        }
    }

    @Test
    void shouldAcceptWhileTheReflectorIsStopped() throws Exception {
        stack.process(Part.REFLECTOR).kill();
        try {
            var answer = api.post(interaction("stopped", "s1", "I like rain."));
            assertThat(answer.status()).isEqualTo(202);
            assertThat(api.userStatus("stopped").path("pending").asInt()).isEqualTo(1);
        } finally {
            stack.process(Part.REFLECTOR).restart();
        }
        Reflected.await(api, "stopped", 1, REFLECTED_WITHIN, done -> {});
    }

    @Test
    void shouldBeBackAtWorkSoonAfterAKill() throws Exception {
        stack.process(Part.REFLECTOR).kill();
        var killed = System.nanoTime();
        assertThat(api.post(interaction("soon", "soon1", "I like snow.")).status())
                .isEqualTo(202);
        stack.process(Part.REFLECTOR).restart();

        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(WholeSystemIT::reflectionsSinceStart, count -> count > 0);
        System.out.printf("back at work %d ms after SIGKILL%n", (System.nanoTime() - killed) / 1_000_000);
        Reflected.await(api, "soon", 1, REFLECTED_WITHIN, done -> {});
    }

    @Test
    void shouldHandOverWhatIsInFlightWhenItIsToldToStop() throws Exception {
        for (int i = 0; i < 200; i++) {
            assertThat(api.post(interaction("told", "told" + i, "I saw bird number " + i + "."))
                            .status())
                    .isEqualTo(202);
            if (i == 100) {
                var begun = System.nanoTime();
                stack.process(Part.REFLECTOR).close();
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
                stack.process(Part.REFLECTOR).restart();
            }
        }

        Reflected.await(api, "told", 200, REFLECTED_WITHIN, done -> {});
        assertThat(count("MATCH (e:Episode {user_key: 'default/told'}) RETURN count(e)"))
                .isEqualTo(200);
    }

    /** A hundred people who chat, each with a message every half second, and then as fast as they can. */
    @Test
    void shouldAnswerAHundredClientsAtOnce() throws Exception {
        var clients = 100;
        measure("warm", clients, 20, Duration.ZERO);
        report("paced", measure("paced", clients, 20, Duration.ofMillis(500)));
        report("unpaced", measure("unpaced", clients, 20, Duration.ZERO));
    }

    private static void report(String name, long[] took) {
        System.out.printf(
                "POST under 100 clients, %s: p50 %.1f ms, p95 %.1f ms, %d requests%n",
                name, took[took.length / 2] / 1e6, took[(int) (took.length * 0.95)] / 1e6, took.length);
    }

    private static long[] measure(String prefix, int clients, int each, Duration pace) throws Exception {
        var pool = Executors.newScheduledThreadPool(clients);
        try {
            var calls = new ArrayList<ScheduledFuture<Long>>();
            for (int client = 0; client < clients; client++) {
                for (int i = 0; i < each; i++) {
                    var user = prefix + client;
                    var id = user + "-" + i;
                    var at = pace.multipliedBy(i).plus(pace.multipliedBy(client).dividedBy(clients));
                    calls.add(pool.schedule(() -> timed(user, id), at.toMillis(), TimeUnit.MILLISECONDS));
                }
            }
            var took = new long[calls.size()];
            for (int i = 0; i < took.length; i++) {
                took[i] = calls.get(i).get(2, TimeUnit.MINUTES);
            }
            Arrays.sort(took);
            return took;
        } finally {
            pool.shutdownNow();
        }
    }

    private static long timed(String user, String id) {
        var begun = System.nanoTime();
        var answer = api.post(interaction(user, id, "Note " + id));
        var took = System.nanoTime() - begun;
        assertThat(answer.status()).isEqualTo(202);
        return took;
    }

    /** Sends as a plain Kafka producer does. */
    private static RecordMetadata produce(Interaction interaction, long timestamp) throws Exception {
        var config = Map.<String, Object>of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                stack.kafkaBootstrapServers(),
                ProducerConfig.ACKS_CONFIG,
                "all");
        try (var producer = new KafkaProducer<>(
                config,
                new StringSerializer(),
                EventSerdes.of(stack.schemaRegistryUrl()).<Interaction>serializer())) {
            var key = new UserKey(interaction.getNamespace(), interaction.getUserId()).toString();
            return producer.send(new ProducerRecord<>(Topics.INTERACTIONS.name(), null, timestamp, key, interaction))
                    .get(10, TimeUnit.SECONDS);
        }
    }

    private static void postUntilAccepted(String user, String id, String text) {
        await().atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(() -> api.post(interaction(user, id, text)).status() == 202);
    }

    private static Map<String, Object> interaction(String user, String id, String text) {
        return Map.of(
                "interaction_id",
                id,
                "user_id",
                user,
                "session_id",
                user + "-s",
                "occurred_at",
                AT.toString(),
                "messages",
                List.of(Map.of("message_id", id + "-m", "role", "user", "content", text, "sent_at", AT.toString())));
    }

    /** What this process of the reflector has done, whatever the one before it did. */
    private static double reflectionsSinceStart() throws Exception {
        var request = HttpRequest.newBuilder(URI.create(stack.reflectorUrl() + "/actuator/prometheus"))
                .timeout(Duration.ofSeconds(10))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofLines())
                .body()
                .filter(line -> line.startsWith("reflector_reflections_total"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static long count(String query) {
        try (var session = neo4j.session()) {
            return session.run(query).single().get(0).asLong();
        }
    }
}
