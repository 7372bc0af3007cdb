package io.memoryreflector.client;

import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.schemas.registry.SchemaRegistry;
import io.memoryreflector.schemas.topic.SchemaCatalogue;
import io.memoryreflector.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One stack for all test classes: a start costs more than the tests. It ends with the tests. */
public final class SharedStack implements BeforeAllCallback {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static LocalStack stack;

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(SharedStack.class, key -> start(), AutoCloseable.class);
    }

    public static LocalStack stack() {
        return stack;
    }

    public static Target kafka() {
        return Target.kafka(stack.kafkaBootstrapServers(), stack.schemaRegistryUrl());
    }

    public static Target http() {
        return Target.http(URI.create(stack.ingestUrl()));
    }

    /** Makes the topics and registers their schemas, as our programs do when they start. */
    public static void makeTopics(LocalStack stack) {
        var config = Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafkaBootstrapServers());
        try (var admin = Admin.create(config)) {
            new TopicCatalogue(admin, 12, TIMEOUT).ensure();
            new SchemaCatalogue(new SchemaRegistry(stack.schemaRegistryUrl(), TIMEOUT)).ensure();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AutoCloseable start() {
        stack = LocalStack.start(EnumSet.of(Part.KAFKA, Part.REGISTRY, Part.REDIS, Part.INGEST));
        makeTopics(stack);
        return stack;
    }
}
