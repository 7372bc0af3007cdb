package io.memoryreflector.connect;

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
import io.memoryreflector.store.status.StatusBoard;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.neo4j.driver.Driver;
import redis.clients.jedis.UnifiedJedis;

/** Both sinks as they are shipped, in a real worker between real servers, and a look into what they write. */
final class RunningSinks implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int PARTITIONS = 4;

    /** Of Connect's dead letters: which connector parked the record. */
    static final String CONNECTOR_HEADER = "__connect.errors.connector.name";

    private final HttpClient http = HttpClient.newHttpClient();
    private final LocalStack stack;
    private final KafkaProducer<String, byte[]> producer;
    private final Serializer<SpecificRecord> serializer;
    private final UnifiedJedis redis;
    private final Driver neo4j;

    RunningSinks() {
        stack = LocalStack.start(EnumSet.of(Part.KAFKA, Part.REGISTRY, Part.REDIS, Part.NEO4J));
        // Before the worker, which would make the dead letters' topic by itself and with one partition.
        try (var admin = admin()) {
            new TopicCatalogue(admin, PARTITIONS, TIMEOUT).ensure();
        }
        stack.startAll(EnumSet.of(Part.CONNECT));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.kafkaBootstrapServers(), "acks", "all", "linger.ms", "5"),
                new StringSerializer(),
                new ByteArraySerializer());
        serializer = EventSerdes.of(stack.schemaRegistryUrl()).serializer();
        redis = RedisConnection.open(URI.create(stack.redisUrl()), TIMEOUT);
        neo4j = Neo4jConnection.open(stack.neo4jUrl(), "", "", TIMEOUT);
    }

    /** A user of whom no store has heard. */
    static UserKey newUser() {
        return new UserKey("test", "user / " + UUID.randomUUID());
    }

    void kill(Part... parts) {
        for (var part : parts) {
            stack.process(part).kill();
        }
    }

    void restart(Part... parts) {
        for (var part : parts) {
            stack.process(part).restart();
        }
    }

    /** Lets Redis have so many bytes, 0 for any number; beyond them it refuses writes. */
    void limitRedisTo(long bytes) {
        redis.configSet("maxmemory", Long.toString(bytes));
    }

    byte[] bytes(Topic topic, SpecificRecord event) {
        return serializer.serialize(topic.name(), event);
    }

    void send(Topic topic, UserKey user, SpecificRecord event) {
        send(topic, user, bytes(topic, event));
    }

    void send(Topic topic, UserKey user, byte[] value) {
        producer.send(new ProducerRecord<>(topic.name(), user.toString(), value));
    }

    /** An interaction and all that is reflected of it. */
    void sendAll(UserKey user, String id) {
        send(Topics.INTERACTIONS, user, Samples.interaction(user, id));
        send(Topics.EPISODIC, user, Samples.episode(user, id));
        send(Topics.SEMANTIC, user, Samples.fact(user, id));
        send(Topics.PROCEDURAL, user, Samples.procedure(user, id));
        send(Topics.SESSIONS, user, Samples.summary(user, id));
        send(Topics.REFLECTIONS, user, Samples.completed(user, id));
    }

    void flush() {
        producer.flush();
    }

    /** Ids of a user's interactions in Neo4j, as often as they stand there. */
    List<String> interactionsInNeo4j(UserKey user) {
        return ask("MATCH (n:Interaction {user_key: $user}) RETURN n.interaction_id AS id", user);
    }

    /** Ids of a user's memories in Neo4j, as often as they stand there. */
    List<String> memoriesInNeo4j(UserKey user) {
        return ask("MATCH (n:Memory {user_key: $user}) RETURN n.memory_id AS id", user);
    }

    /** Sessions of a user in short, by the id of their interaction. */
    List<String> sessionsInNeo4j(UserKey user) {
        return ask("MATCH (n:Session {user_key: $user}) RETURN n.source_interactions[0] AS id", user);
    }

    long allInteractionsInNeo4j() {
        try (var session = neo4j.session()) {
            return session.run("MATCH (n:Interaction) RETURN count(n) AS n")
                    .single()
                    .get("n")
                    .asLong();
        }
    }

    Set<String> indexesInNeo4j() {
        try (var session = neo4j.session()) {
            return Set.copyOf(session.run("SHOW INDEXES YIELD name")
                    .list(row -> row.get("name").asString()));
        }
    }

    /** Ids of a user's last turns in Redis, as often as they stand there. */
    List<String> turnsInRedis(UserKey user) {
        return new ShortTermMemory(redis, ShortTermSettings.standard())
                .recent(user, Optional.empty(), Integer.MAX_VALUE).stream()
                        .map(turn -> turn.getInteractionId())
                        .toList();
    }

    /** Counts of a user's interactions that the sinks have seen and that are completed. */
    List<Long> receivedAndCompleted(UserKey user) {
        var status = new StatusBoard(redis, ids -> Set.of(), Duration.ofDays(1), InstantSource.system()).user(user);
        return List.of(status.received(), status.completed());
    }

    /** Everything in the dead-letter topic. */
    List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", stack.kafkaBootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(Topics.DEAD_LETTERS.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
        }
        return found;
    }

    /** Which connectors have parked a value, each as often as it did. */
    List<String> parkedBy(byte[] value) {
        return deadLetters().stream()
                .filter(letter -> Arrays.equals(letter.value(), value))
                .map(letter ->
                        new String(letter.headers().lastHeader(CONNECTOR_HEADER).value(), StandardCharsets.UTF_8))
                .sorted()
                .toList();
    }

    /** Whether a connector's tasks have their partitions, that is, whether they are handed records. */
    boolean hasMembers(String connector) throws Exception {
        var group = "connect-" + connector;
        try (var admin = admin()) {
            var description = admin.describeConsumerGroups(List.of(group))
                    .all()
                    .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                    .get(group);
            return description.groupState() == GroupState.STABLE
                    && !description.members().isEmpty();
        }
    }

    /** Connect's own account of a connector and its tasks. */
    String status(String connector) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(stack.connectUrl() + "/connectors/" + connector + "/status"))
                .timeout(TIMEOUT)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        serializer.close();
        redis.close();
        neo4j.close();
        stack.close();
    }

    private List<String> ask(String query, UserKey user) {
        try (var session = neo4j.session()) {
            return session.run(query, Map.of("user", user.toString()))
                    .list(row -> row.get("id").asString());
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", stack.kafkaBootstrapServers()));
    }
}
