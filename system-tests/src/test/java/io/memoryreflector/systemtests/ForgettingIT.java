package io.memoryreflector.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.store.RedisConnection;
import io.memoryreflector.systemtests.http.MemoryApi;
import io.memoryreflector.systemtests.http.Reflected;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ScanParams;

/**
 * One user forgets 10 000 memories, with encryption on: nothing is left or readable anywhere, nothing comes back, nobody else
 * is touched.
 */
@Tag("long")
class ForgettingIT {

    private static final Duration REFLECTED_WITHIN = Duration.ofMinutes(5);
    private static final Duration FORGOTTEN_WITHIN = Duration.ofMinutes(1);
    private static final Duration UNREADABLE_WITHIN = Duration.ofSeconds(5);
    private static final int INTERACTIONS = 5_000;
    private static final int MEMORIES = 10_000;
    private static final Set<String> STORES = Set.of("neo4j", "redis");
    private static final int WAVE = 100;
    private static final String USER = "wants-to-be-forgotten";
    private static final String OTHER = "bystander";
    private static final String MARKER = "quixotic";

    private static LocalStack stack;
    private static MemoryApi api;
    private static Driver neo4j;
    private static UnifiedJedis redis;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        var key = new byte[32];
        new SecureRandom().nextBytes(key);
        stack = LocalStack.start(
                Part.whole(),
                Map.of("REFLECTOR_MASTER_KEY", Base64.getEncoder().encodeToString(key), "NEO4J_TIMEOUT", "30s"));
        api = new MemoryApi(URI.create(stack.ingestUrl()));
        neo4j = GraphDatabase.driver(stack.neo4jUrl(), AuthTokens.none());
        redis = RedisConnection.open(URI.create(stack.redisUrl()), Duration.ofSeconds(10));
    }

    @AfterAll
    static void stop() {
        redis.close();
        neo4j.close();
        stack.close();
    }

    @Test
    void shouldForgetAUserEverywhereForGood() throws Exception {
        sendAll();
        assertThat(api.get("/api/memory/default/stats")
                        .body()
                        .path("total_memories")
                        .asInt())
                .isGreaterThanOrEqualTo(MEMORIES);
        assertThat(inFiles(MARKER))
                .as("what is sealed was never readable in a file")
                .isEmpty();
        assertThat(inTopics(MARKER)).isEmpty();
        var bystander = memories(OTHER);
        assertThat(bystander).isNotEmpty();

        var begun = System.nanoTime();
        var answer = call("DELETE", stack.ingestUrl() + "/api/v1/users/" + USER);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        var took = Duration.ofNanos(whenNothingIsReadable() - begun);
        System.out.printf("nothing readable in the stores %d ms after DELETE%n", took.toMillis());
        await().atMost(FORGOTTEN_WITHIN).untilAsserted(ForgettingIT::nothingIsLeft);
        await().atMost(FORGOTTEN_WITHIN)
                .untilAsserted(() -> assertThat(inChangelogs()).isEmpty());
        System.out.printf(
                "nothing left in the state stores %d ms after DELETE%n", (System.nanoTime() - begun) / 1_000_000);
        assertThat(took).isLessThan(UNREADABLE_WITHIN);
        assertThat(inTopics(MARKER)).isEmpty();
        assertThat(inFiles(MARKER)).isEmpty();

        assertThat(api.post(interaction(USER, "later", "My parrot is called Pepper."))
                        .status())
                .isEqualTo(202);
        Reflected.await(api, USER, 1, REFLECTED_WITHIN, done -> {});
        assertThat(api.recall(USER, "What is my parrot called?", 5).toString())
                .contains("Pepper")
                .doesNotContain(MARKER);
        assertThat(memories(OTHER)).isEqualTo(bystander);

        rebuildTheProjections();

        await().atMost(REFLECTED_WITHIN).untilAsserted(() -> {
            assertThat(memories(OTHER)).isEqualTo(bystander);
            assertThat(memories(USER)).isNotEmpty().allSatisfy(text -> assertThat(text)
                    .contains("Pepper"));
        });
        assertThat(inRedis(MARKER)).isEmpty();
        assertThat(inNeo4j(MARKER)).isZero();
        assertThat(lines(USER).stream().filter(line -> line.contains(MARKER))).isEmpty();
    }

    private static void sendAll() throws Exception {
        for (int from = 0; from < INTERACTIONS; from += WAVE) {
            var wave = new ArrayList<CompletableFuture<MemoryApi.Answer>>();
            for (int n = from; n < from + WAVE; n++) {
                wave.add(api.postAsync(interaction(USER, "f" + n, "I bought a " + MARKER + " lamp number " + n + ".")));
            }
            for (var one : wave) {
                assertThat(one.get(1, TimeUnit.MINUTES).status()).isEqualTo(202);
            }
        }
        for (int n = 0; n < 5; n++) {
            api.post(interaction(OTHER, "b" + n, "I live in City" + n + "."));
        }
        Reflected.await(api, USER, INTERACTIONS, REFLECTED_WITHIN, done -> {});
        Reflected.await(api, OTHER, 5, REFLECTED_WITHIN, done -> {});
    }

    /** When the search began that found nothing: it reads every byte of both stores. */
    private static long whenNothingIsReadable() {
        var searched = new AtomicLong();
        await().atMost(FORGOTTEN_WITHIN).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> {
            // By an index first, as a search of all would hold up the deletion that it waits for.
            assertThat(count("MATCH (m:Memory) WHERE m.user_key = 'default/" + USER
                            + "' AND m.seq > 0 WITH m LIMIT 1 RETURN count(m)"))
                    .isZero();
            assertThat(count("MATCH (i:Interaction) WHERE i.user_key = 'default/" + USER
                            + "' AND i.occurred_at IS NOT NULL WITH i LIMIT 1 RETURN count(i)"))
                    .isZero();
            searched.set(System.nanoTime());
            assertThat(inNeo4j(MARKER) + inRedis(MARKER).size()).isZero();
        });
        return searched.get();
    }

    private static void nothingIsLeft() throws Exception {
        var recalled = api.recall(USER, MARKER + " lamp", 10);
        assertThat(recalled.path("items")).isEmpty();
        assertThat(recalled.path("short_term")).isEmpty();
        assertThat(memories(USER)).isEmpty();
        var status = api.userStatus(USER);
        assertThat(status.path("received").asInt()).isZero();
        assertThat(status.path("pending").asInt()).isZero();
        assertThat(api.get("/api/v1/interactions/f7").status()).isEqualTo(404);
        assertThat(lines(USER)).hasSize(1);
        assertThat(count("MATCH (n {user_key: 'default/" + USER
                        + "'}) WHERE NOT n:User AND NOT n:Erasure RETURN count(n)"))
                .isZero();
        assertThat(inRedis(USER)).containsExactly("mr:erasures:default/" + USER);
        assertThat(inRedis(MARKER)).isEmpty();
    }

    /** What is left in state stores, as their changelogs would restore them. */
    private static List<String> inChangelogs() throws Exception {
        var found = new ArrayList<String>();
        var config = Map.<String, Object>of(
                "bootstrap.servers", stack.kafkaBootstrapServers(), "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.listTopics().entrySet().stream()
                    .filter(topic -> topic.getKey().endsWith("-changelog"))
                    .flatMap(topic -> topic.getValue().stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            assertThat(partitions).isNotEmpty();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var last = new HashMap<String, ConsumerRecord<byte[], byte[]>>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    last.put(record.topic() + record.partition() + text(record.key()), record);
                }
            }
            last.forEach((key, record) -> {
                if (record.value() != null && (key + text(record.value())).contains(USER)) {
                    found.add(record.topic());
                }
            });
        }
        return found;
    }

    private static long inNeo4j(String text) {
        return count("MATCH (n) WHERE any(key IN keys(n) WHERE toStringOrNull(n[key]) CONTAINS '" + text
                + "' OR any(item IN [each IN [n[key]] WHERE each IS :: LIST<STRING NOT NULL>] WHERE any(one IN item WHERE one CONTAINS '"
                + text + "'))) RETURN count(n)");
    }

    /** Topics that hold a text in the bytes of a record, internal topics and what is not committed included. */
    private static Set<String> inTopics(String text) throws Exception {
        var found = new TreeSet<String>();
        var config = Map.<String, Object>of("bootstrap.servers", stack.kafkaBootstrapServers());
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.listTopics().values().stream()
                    .flatMap(List::stream)
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    var all = new StringBuilder(record.key() == null ? "" : text(record.key()))
                            .append(record.value() == null ? "" : text(record.value()));
                    record.headers().forEach(header -> all.append(text(header.value())));
                    if (all.indexOf(text) >= 0) {
                        found.add(record.topic());
                    }
                }
            }
        }
        return found;
    }

    /** Files of any program that hold a text, but for the stores', which are asked and rewrite their files in their own time. */
    private static List<String> inFiles(String text) throws IOException {
        try (var files = Files.walk(stack.data())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !STORES.contains(
                            stack.data().relativize(file).getName(0).toString()))
                    .filter(file -> holds(file, text))
                    .map(file -> stack.data().relativize(file).toString())
                    .toList();
        }
    }

    private static boolean holds(Path file, String text) {
        try (var lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.anyMatch(line -> line.contains(text));
        } catch (IOException | UncheckedIOException gone) {
            return false;
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** As an operator would: both stores emptied, the sinks' offsets deleted, all topics read again. */
    private static void rebuildTheProjections() throws Exception {
        for (var sink : List.of("redis-sink", "neo4j-sink")) {
            var connector = stack.connectUrl() + "/connectors/" + sink;
            assertThat(call("PUT", connector + "/stop").statusCode()).isEqualTo(204);
            await().atMost(FORGOTTEN_WITHIN)
                    .until(() -> call("DELETE", connector + "/offsets").statusCode() == 200);
        }
        redis.flushAll();
        try (var session = neo4j.session()) {
            session.run("MATCH (n) CALL { WITH n DETACH DELETE n } IN TRANSACTIONS OF 1000 ROWS")
                    .consume();
        }
        for (var sink : List.of("redis-sink", "neo4j-sink")) {
            assertThat(call("PUT", stack.connectUrl() + "/connectors/" + sink + "/resume")
                            .statusCode())
                    .isEqualTo(202);
        }
        try (var admin = Admin.create(Map.of("bootstrap.servers", stack.kafkaBootstrapServers()))) {
            for (var sink : List.of("redis-sink", "neo4j-sink")) {
                await().atMost(REFLECTED_WITHIN).until(() -> hasReadAll(admin, "connect-" + sink));
            }
        }
    }

    /** The ends of transactions count in a lag and are no records. */
    private static boolean hasReadAll(Admin admin, String group) throws Exception {
        var done = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(10, TimeUnit.SECONDS);
        var config = Map.<String, Object>of(
                "bootstrap.servers", stack.kafkaBootstrapServers(), "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(done.keySet());
            consumer.seekToBeginning(done.keySet());
            done.forEach((partition, offset) -> {
                if (offset != null) {
                    consumer.seek(partition, offset.offset());
                }
            });
            var ends = consumer.endOffsets(done.keySet());
            var unread = 0;
            while (unread == 0 && ends.keySet().stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
                unread += consumer.poll(Duration.ofMillis(200)).count();
            }
            // Without any offset the sink has not begun.
            return !done.isEmpty() && unread == 0;
        }
    }

    private static List<String> memories(String user) {
        return api.get("/api/v1/users/" + user + "/memories?limit=1000")
                .body()
                .path("memories")
                .valueStream()
                .map(memory -> memory.path("text").asString())
                .toList();
    }

    private static List<String> lines(String user) throws IOException, InterruptedException {
        var answer = call("GET", stack.ingestUrl() + "/api/v1/users/" + user + "/export");
        assertThat(answer.statusCode()).isEqualTo(200);
        var lines = answer.body().lines().toList();
        assertThat(lines.get(lines.size() - 1)).contains("\"end\"");
        return lines;
    }

    /** Keys that hold a text in their name or value. */
    private static List<String> inRedis(String text) {
        var found = new ArrayList<String>();
        var cursor = ScanParams.SCAN_POINTER_START;
        do {
            var page = redis.scan(cursor, new ScanParams().count(1_000));
            for (var key : page.getResult()) {
                if (key.contains(text) || value(key).contains(text)) {
                    found.add(key);
                }
            }
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return found;
    }

    private static String value(String key) {
        var all = new StringBuilder();
        switch (redis.type(key)) {
            case "zset" -> redis.zrange(key, 0, -1).forEach(all::append);
            case "hash" ->
                redis.hgetAll(key.getBytes(StandardCharsets.UTF_8))
                        .forEach((field, value) -> all.append(text(field)).append(text(value)));
            case "list" -> redis.lrange(key, 0, -1).forEach(all::append);
            case "set" -> redis.smembers(key).forEach(all::append);
            case "none" -> {}
            default -> throw new IllegalStateException(key + " is of a type that this test does not read");
        }
        return all.toString();
    }

    private static long count(String query) {
        try (var session = neo4j.session()) {
            return session.run(query).single().get(0).asLong();
        }
    }

    private static HttpResponse<String> call(String method, String url) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(url))
                        .timeout(Duration.ofMinutes(1))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static Map<String, Object> interaction(String user, String id, String content) {
        return Map.of(
                "user_id",
                user,
                "session_id",
                "s-" + user,
                "interaction_id",
                id,
                "messages",
                List.of(Map.of("message_id", id + "-m", "role", "user", "content", content)));
    }
}
