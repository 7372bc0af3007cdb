package io.memoryreflector.localstack;

import java.util.EnumSet;
import java.util.Set;

/** A server that the local stack can run, with its usual port and the variable that changes it. */
public enum Part {
    KAFKA("Kafka", "KAFKA_PORT", 9092, false),
    REGISTRY("schema registry", "SCHEMA_REGISTRY_PORT", 8081, false),
    REDIS("Redis", "REDIS_PORT", 6379, false),
    NEO4J("Neo4j", "NEO4J_PORT", 7687, true),
    CONNECT("Kafka Connect", "CONNECT_PORT", 8083, true),
    REFLECTOR("streams-reflector", "REFLECTOR_PORT", 8090, true),
    INGEST("ingest-service", "INGEST_PORT", 8080, false),
    /** Not part of the whole: for those who come from it, and only where it is installed. */
    RABBITMQ("RabbitMQ", "RABBITMQ_PORT", 5672, false);

    /** Everything that the system needs. */
    public static Set<Part> whole() {
        return EnumSet.complementOf(EnumSet.of(RABBITMQ));
    }

    final String title;
    final String portVariable;
    final int usualPort;

    /** Whether its work may wait where the cores are short, because nobody waits for it. */
    final boolean background;

    Part(String title, String portVariable, int usualPort, boolean background) {
        this.background = background;
        this.title = title;
        this.portVariable = portVariable;
        this.usualPort = usualPort;
    }
}
