package io.memoryreflector.ingest.config;

import io.memoryreflector.schemas.encryption.MasterKeys;
import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import io.memoryreflector.schemas.serde.Encryption;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topics;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the environment says, checked.
 *
 * @param address to listen on
 * @param port to listen on; 0 takes a free one
 * @param kafkaBootstrapServers {@code host:port}, separated by commas
 * @param masterKeys that seal what is personal, where there are any
 * @param schemaRegistryUrl base address of Confluent's interface of the registry; may hold a password
 * @param redisUrl {@code redis://} or {@code rediss://}
 * @param neo4jUrl {@code bolt://} or {@code neo4j://}, with or without {@code +s}
 * @param neo4jUser name at Neo4j; empty where it asks for none
 * @param neo4jPassword password at Neo4j
 * @param partitions of topics that are missing and made here
 * @param connectUrl base address of Connect's REST interface; empty where nobody asks how it is
 * @param kafkaStartTimeout how long the start waits for Kafka and the registry before it goes on without
 * @param kafkaAckTimeout how long a write waits for Kafka's acknowledgement before it goes to the outbox
 * @param redisTimeout of each call to Redis
 * @param neo4jTimeout of each query to Neo4j
 * @param outbox where interactions wait while Kafka is away
 * @param limits of requests
 * @param waits of writes until they are reflected
 */
public record ServiceSettings(
        InetAddress address,
        int port,
        String kafkaBootstrapServers,
        Optional<MasterKeys> masterKeys,
        String schemaRegistryUrl,
        URI redisUrl,
        URI neo4jUrl,
        String neo4jUser,
        String neo4jPassword,
        Optional<URI> connectUrl,
        int partitions,
        Duration kafkaStartTimeout,
        Duration kafkaAckTimeout,
        Duration redisTimeout,
        Duration neo4jTimeout,
        OutboxSettings outbox,
        Limits limits,
        WaitSettings waits) {

    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\s,\\[\\]]+):\\d{1,5}");

    /** @throws InvalidSetting naming the variable, what it got and what it takes */
    public static ServiceSettings fromEnvironment(Environment environment) {
        return new ServiceSettings(
                address(environment),
                environment.integer("SERVER_PORT", 8080, 0, 65_535),
                bootstrapServers(environment),
                Encryption.masterKeys(environment, environment.kafkaClient()),
                url(environment, "SCHEMA_REGISTRY_URL", EventSerdes.DEFAULT_REGISTRY, Set.of("http", "https"))
                        .toString(),
                url(environment, "REDIS_URL", "redis://127.0.0.1:6379", Set.of("redis", "rediss")),
                url(
                        environment,
                        "NEO4J_URL",
                        "bolt://127.0.0.1:7687",
                        Set.of("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")),
                environment.text("NEO4J_USER", "neo4j"),
                environment.text("NEO4J_PASSWORD", ""),
                connectUrl(environment),
                environment.integer("KAFKA_PARTITIONS", Topics.DEFAULT_PARTITIONS, 1, 10_000),
                environment.duration("KAFKA_START_TIMEOUT", Duration.ofSeconds(10)),
                environment.duration("KAFKA_ACK_TIMEOUT", Duration.ofMillis(1_500)),
                environment.duration("REDIS_TIMEOUT", Duration.ofMillis(500)),
                environment.duration("NEO4J_TIMEOUT", Duration.ofSeconds(5)),
                OutboxSettings.fromEnvironment(environment),
                Limits.fromEnvironment(environment),
                WaitSettings.fromEnvironment(environment));
    }

    private static Optional<URI> connectUrl(Environment environment) {
        return environment.text("CONNECT_URL", "").isEmpty()
                ? Optional.empty()
                : Optional.of(url(environment, "CONNECT_URL", "http://127.0.0.1:8083", Set.of("http", "https")));
    }

    private static InetAddress address(Environment environment) {
        var value = environment.text("SERVER_ADDRESS", "127.0.0.1");
        try {
            return InetAddress.getByName(value);
        } catch (UnknownHostException e) {
            throw new InvalidSetting(
                    "SERVER_ADDRESS", value, "an address of this machine such as 127.0.0.1, or 0.0.0.0 for all");
        }
    }

    private static String bootstrapServers(Environment environment) {
        var value = environment.text("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092");
        for (var server : value.split(",", -1)) {
            if (!HOST_AND_PORT.matcher(server.strip()).matches()) {
                throw new InvalidSetting("KAFKA_BOOTSTRAP_SERVERS", value, "host:port, more of them with commas");
            }
        }
        return value;
    }

    private static URI url(Environment environment, String name, String otherwise, Set<String> schemes) {
        var value = environment.text(name, otherwise);
        try {
            var uri = URI.create(value);
            if (uri.getScheme() != null && schemes.contains(uri.getScheme()) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Reported below with what it takes.
        }
        throw new InvalidSetting(name, hidePassword(value), "a URL such as " + otherwise);
    }

    private static String hidePassword(String url) {
        return url.replaceFirst("//[^/@]*@", "//***@");
    }
}
