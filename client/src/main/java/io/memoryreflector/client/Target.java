package io.memoryreflector.client;

import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topic;
import io.memoryreflector.schemas.topic.Topics;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.CommonClientConfigs;

/** Where interactions go: to Kafka, or to ingest-service where Kafka cannot be reached. */
public sealed interface Target {

    /**
     * Kafka itself.
     *
     * @param bootstrapServers {@code host:port}, more with commas
     * @param schemaRegistryUrl base address of Confluent's interface of the registry, such as {@link EventSerdes#DEFAULT_REGISTRY}
     */
    static Kafka kafka(String bootstrapServers, String schemaRegistryUrl) {
        return new Kafka(
                Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                EventSerdes.of(schemaRegistryUrl));
    }

    /** Kafka as {@code KAFKA_*}, {@code SCHEMA_REGISTRY_URL} and {@code AVRO_SERIALIZER_CLASS} say. */
    static Kafka kafka(Environment environment) {
        return new Kafka(environment.kafkaClient(), EventSerdes.fromEnvironment(environment));
    }

    /**
     * ingest-service.
     *
     * @param service such as {@code http://127.0.0.1:8080}; may have a path
     */
    static Target http(URI service) {
        return new Http(service, Map.of());
    }

    /**
     * ingest-service where it asks for a key. What names no namespace goes to the key's.
     *
     * @param service such as {@code https://memory.example.com}; may have a path
     * @param apiKey with the role to write
     */
    static Target http(URI service, String apiKey) {
        if (!apiKey.matches("[!-~]+")) {
            throw new IllegalArgumentException("apiKey: holds a character that no key has, takes a key");
        }
        return new Http(service, Map.of("Authorization", "Bearer " + apiKey));
    }

    /**
     * See {@link #kafka}.
     *
     * @param client Kafka's own settings, for brokers that ask who is there; what the collector relies on it sets itself
     * @param serdes how events are written
     * @param topic the log, or the inbox
     */
    record Kafka(Map<String, Object> client, EventSerdes serdes, Topic topic) implements Target {

        public Kafka {
            client = Map.copyOf(client);
            Objects.requireNonNull(serdes, "serdes");
            Objects.requireNonNull(topic, "topic");
            var servers = client.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
            if (servers == null || !servers.toString().matches("[^,\\s]+:\\d+(\\s*,\\s*[^,\\s]+:\\d+)*")) {
                throw new IllegalArgumentException(
                        "bootstrap.servers: got '" + servers + "', takes host:port, more with commas");
            }
        }

        /** To the log. */
        public Kafka(Map<String, Object> client, EventSerdes serdes) {
            this(client, serdes, Topics.INTERACTIONS);
        }

        /**
         * The same Kafka, where encryption is on: to {@code memory.inbox}, from where the reflector seals what is said and
         * carries it into the log. A result's position is the inbox's.
         */
        public Kafka toInbox() {
            return new Kafka(client, serdes, Topics.INBOX);
        }

        /** Says no secret. */
        @Override
        public String toString() {
            return "Kafka at " + client.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
        }
    }

    /**
     * See {@link #http}.
     *
     * @param service base address
     * @param headers of each request, such as one that a proxy asks for
     */
    record Http(URI service, Map<String, String> headers) implements Target {

        public Http {
            headers = Map.copyOf(headers);
            if (service.getHost() == null
                    || !"http".equals(service.getScheme()) && !"https".equals(service.getScheme())) {
                throw new IllegalArgumentException(
                        "service: got '" + service + "', takes an address such as http://127.0.0.1:8080");
            }
        }

        /** Says no secret. */
        @Override
        public String toString() {
            return "ingest-service at " + service.getHost();
        }
    }
}
