package io.memoryreflector.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.GraphDatabase;
import redis.clients.jedis.RedisClient;

/** Every server answers a real request, and keeps what it was told through a SIGKILL. */
class LocalStackIT {

    private static final Set<Part> SERVERS = EnumSet.of(Part.KAFKA, Part.REGISTRY, Part.REDIS, Part.NEO4J);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static LocalStack stack;

    @BeforeAll
    static void start() {
        stack = LocalStack.start(SERVERS);
    }

    @AfterAll
    static void stop() {
        var pids = SERVERS.stream().map(part -> stack.process(part).pid()).toList();
        var logs = stack.process(Part.KAFKA).log();

        stack.close();

        assertThat(pids).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
        assertThat(logs).doesNotExist();
    }

    @Test
    void shouldKeepAYearOldRecordOfKafkaThroughAKill() throws Exception {
        var yearOld = Instant.now().minus(Duration.ofDays(365)).toEpochMilli();
        try (var admin = Admin.create(Map.of("bootstrap.servers", stack.kafkaBootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1).configs(Map.of("retention.ms", "-1"))))
                    .all()
                    .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        }
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.kafkaBootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>("kept", 0, yearOld, "key", "value"))
                    .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        }

        killAndRestart(Part.KAFKA);

        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", stack.kafkaBootstrapServers(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition("kept", 0)));
            assertThat(consumer.poll(TIMEOUT)).singleElement().satisfies(kept -> {
                assertThat(kept.value()).isEqualTo("value");
                assertThat(kept.timestamp()).isEqualTo(yearOld);
            });
        }
    }

    @Test
    void shouldKeepASchemaOfTheRegistryThroughAKill() throws Exception {
        var schema = "{\"schema\": \"{\\\"type\\\": \\\"record\\\", \\\"name\\\": \\\"Kept\\\", \\\"fields\\\": []}\"}";
        var subject = stack.schemaRegistryUrl() + "/subjects/kept-value/versions";
        assertThat(send(HttpRequest.newBuilder(URI.create(subject))
                        .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                        .POST(HttpRequest.BodyPublishers.ofString(schema))))
                .contains("\"id\":");

        killAndRestart(Part.REGISTRY);

        assertThat(send(HttpRequest.newBuilder(URI.create(subject)))).isEqualTo("[1]");
    }

    @Test
    void shouldKeepAValueOfRedisThroughAKill() {
        try (var redis = RedisClient.create(stack.redisUrl())) {
            assertThat(redis.set("kept", "value")).isEqualTo("OK");
        }

        killAndRestart(Part.REDIS);

        try (var redis = RedisClient.create(stack.redisUrl())) {
            assertThat(redis.get("kept")).isEqualTo("value");
        }
    }

    @Test
    void shouldKeepANodeOfNeo4jThroughAKill() {
        query("CREATE (k:Kept {value: 1}) RETURN k.value AS value");

        killAndRestart(Part.NEO4J);

        assertThat(query("MATCH (k:Kept) RETURN k.value AS value")).isEqualTo(1);
    }

    @Test
    void shouldRunAConnectWorkerWithoutTheConnectorsWhoseStoresAreNotThere() throws Exception {
        try (var worker = LocalStack.start(EnumSet.of(Part.KAFKA, Part.CONNECT))) {
            var connectors = HttpRequest.newBuilder(URI.create(worker.connectUrl() + "/connectors"));
            assertThat(send(connectors)).isEqualTo("[]");

            killAndRestart(worker, Part.CONNECT);

            assertThat(send(connectors)).isEqualTo("[]");
        }
    }

    private static void killAndRestart(Part part) {
        killAndRestart(stack, part);
    }

    private static void killAndRestart(LocalStack stack, Part part) {
        var process = stack.process(part);
        var before = process.pid();
        process.kill();
        assertThat(process.isAlive()).isFalse();
        process.restart();
        assertThat(process.pid()).isNotEqualTo(before);
    }

    private static int query(String cypher) {
        try (var driver = GraphDatabase.driver(stack.neo4jUrl(), AuthTokens.none())) {
            return driver.executableQuery(cypher)
                    .execute()
                    .records()
                    .get(0)
                    .get("value")
                    .asInt();
        }
    }

    private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
