package io.memoryreflector.streams;

import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.schemas.registry.SchemaRegistry;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.SchemaCatalogue;
import io.memoryreflector.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/** Kafka and a registry with all topics and schemas, started by the first test class that asks; each takes a namespace of its own. */
public final class SharedServers implements BeforeAllCallback {

    /** Of every topic. */
    public static final int PARTITIONS = 3;

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static LocalStack stack;

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.GLOBAL)
                .computeIfAbsent(SharedServers.class, key -> start(), AutoCloseable.class);
    }

    private static AutoCloseable start() {
        stack = LocalStack.start(EnumSet.of(Part.KAFKA, Part.REGISTRY));
        try (var admin = Admin.create(kafka())) {
            new TopicCatalogue(admin, PARTITIONS, TIMEOUT).ensure();
        }
        try {
            new SchemaCatalogue(new SchemaRegistry(stack.schemaRegistryUrl(), TIMEOUT)).ensure();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return stack;
    }

    /** Settings of a Kafka client. */
    public static Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", stack.kafkaBootstrapServers());
    }

    /** Serdes against the registry. */
    public static EventSerdes serdes() {
        return EventSerdes.of(stack.schemaRegistryUrl());
    }
}
