package io.memoryreflector.localstack;

/** A server that the local stack can run, with its usual port and the variable that changes it. */
public enum Part {
    KAFKA("Kafka", "KAFKA_PORT", 9092),
    REGISTRY("schema registry", "SCHEMA_REGISTRY_PORT", 8081),
    REDIS("Redis", "REDIS_PORT", 6379),
    NEO4J("Neo4j", "NEO4J_PORT", 7687),
    CONNECT("Kafka Connect", "CONNECT_PORT", 8083),
    REFLECTOR("streams-reflector", "REFLECTOR_PORT", 8090),
    INGEST("ingest-service", "INGEST_PORT", 8080);

    final String title;
    final String portVariable;
    final int usualPort;

    Part(String title, String portVariable, int usualPort) {
        this.title = title;
        this.portVariable = portVariable;
        this.usualPort = usualPort;
    }
}
