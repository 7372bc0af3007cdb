package io.memoryreflector.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.events.Episode;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.Role;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topic;
import io.memoryreflector.schemas.topic.TopicCatalogue;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.store.Neo4jConnection;
import io.memoryreflector.store.RedisConnection;
import io.memoryreflector.store.shortterm.ShortTermMemory;
import io.memoryreflector.store.shortterm.ShortTermSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.neo4j.driver.Driver;
import redis.clients.jedis.UnifiedJedis;

/** The sinks in a real worker, between a real Kafka and real stores. */
class SinksIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final Instant AT = Instant.parse("2026-05-02T10:00:00Z");

    private static LocalStack stack;
    private static Driver neo4j;
    private static UnifiedJedis redis;
    private static KafkaProducer<byte[], byte[]> producer;
    private static Serializer<SpecificRecord> serializer;

    @BeforeAll
    static void start() {
        stack = LocalStack.start(EnumSet.of(Part.KAFKA, Part.REGISTRY, Part.REDIS, Part.NEO4J));
        try (var admin = Admin.create(kafka())) {
            new TopicCatalogue(admin, 4, TIMEOUT).ensure();
        }
        stack.startAll(EnumSet.of(Part.CONNECT));
        neo4j = Neo4jConnection.open(stack.neo4jUrl(), "neo4j", "", TIMEOUT);
        redis = RedisConnection.open(URI.create(stack.redisUrl()), TIMEOUT);
        producer = new KafkaProducer<>(kafka(), new ByteArraySerializer(), new ByteArraySerializer());
        serializer = EventSerdes.of(stack.schemaRegistryUrl()).serializer();
    }

    @AfterAll
    static void stop() {
        producer.close();
        redis.close();
        neo4j.close();
        stack.close();
    }

    @Test
    void shouldLoseAndDoubleNothingWhenTheWorkerIsKilledInMidBatch() throws Exception {
        var total = 3_000;
        for (int i = 0; i < total; i++) {
            send(Topics.EPISODIC, "killed", episode("killed", i));
        }
        producer.flush();
        await().atMost(SOON).until(() -> episodes("killed") > 0);
        stack.process(Part.CONNECT).kill();
        stack.process(Part.CONNECT).restart();

        await().atMost(SOON).untilAsserted(() -> assertThat(episodes("killed")).isEqualTo(total));
    }

    @Test
    void shouldGoOnOnceAStoreThatWasDownIsBack() throws Exception {
        stack.process(Part.REDIS).kill();
        send(Topics.INTERACTIONS, "down", interaction("down", "d1"));
        producer.flush();
        stack.process(Part.REDIS).restart();

        var tier1 = new ShortTermMemory(redis, ShortTermSettings.standard());
        await().atMost(SOON).ignoreExceptions().untilAsserted(() -> assertThat(
                        tier1.recent(new UserKey("default", "down"), Optional.empty(), 10))
                .hasSize(1));
    }

    @Test
    void shouldParkWhatIsNoEventAndGoOn() throws Exception {
        var poison = "no event".getBytes(StandardCharsets.UTF_8);
        var key = "default/poison".getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(Topics.EPISODIC.name(), key, poison)).get(20, TimeUnit.SECONDS);
        send(Topics.EPISODIC, "poison", episode("poison", 1));
        producer.flush();

        await().atMost(SOON).untilAsserted(() -> assertThat(episodes("poison")).isEqualTo(1));
        var config = Map.<String, Object>of(
                "bootstrap.servers",
                stack.kafkaBootstrapServers(),
                "group.id",
                "look",
                "auto.offset.reset",
                "earliest");
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(Topics.DEAD_LETTERS.name()));
            await().atMost(SOON).until(() -> {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    if (new String(record.value(), StandardCharsets.UTF_8).equals("no event")) {
                        assertThat(record.headers()
                                        .lastHeader("__connect.errors.topic")
                                        .value())
                                .isEqualTo(Topics.EPISODIC.name().getBytes(StandardCharsets.UTF_8));
                        return true;
                    }
                }
                return false;
            });
        }
    }

    private static Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", stack.kafkaBootstrapServers());
    }

    private static void send(Topic topic, String user, SpecificRecord event) {
        producer.send(new ProducerRecord<>(
                topic.name(),
                ("default/" + user).getBytes(StandardCharsets.UTF_8),
                serializer.serialize(topic.name(), event)));
    }

    private static Episode episode(String user, int number) {
        return Episode.newBuilder()
                .setMemoryId(user + "-" + number)
                .setNamespace("default")
                .setUserId(user)
                .setOccurredAt(AT)
                .setRecordedAt(AT)
                .setSources(List.of(new SourceRef("i" + number, "m" + number)))
                .setReflector(new ReflectorVersion("test", "1", null))
                .setSummary("Episode " + number)
                .build();
    }

    private static Interaction interaction(String user, String id) {
        return Interaction.newBuilder()
                .setInteractionId(id)
                .setNamespace("default")
                .setUserId(user)
                .setOccurredAt(AT)
                .setMessages(List.of(Message.newBuilder()
                        .setMessageId("m")
                        .setRole(Role.USER)
                        .setContent("hello")
                        .setSentAt(AT)
                        .build()))
                .build();
    }

    private static long episodes(String user) {
        try (var session = neo4j.session()) {
            return session.run("MATCH (e:Episode {user_key: $user}) RETURN count(e)", Map.of("user", "default/" + user))
                    .single()
                    .get(0)
                    .asLong();
        }
    }
}
