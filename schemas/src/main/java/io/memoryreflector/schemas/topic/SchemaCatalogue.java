package io.memoryreflector.schemas.topic;

import io.memoryreflector.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.util.List;

/**
 * Registers the schema of every topic, and has the registry refuse whatever could not read all that was ever written.
 * Idempotent. Thread-safe.
 */
public final class SchemaCatalogue {

    /** A new version must read all earlier ones. */
    public static final String COMPATIBILITY = "BACKWARD_TRANSITIVE";

    private final SchemaRegistry registry;

    /** A catalogue in this registry. */
    public SchemaCatalogue(SchemaRegistry registry) {
        this.registry = registry;
    }

    /**
     * Registers every topic's schema.
     *
     * @throws IOException if the registry does not answer
     * @throws IllegalStateException if it refuses a schema
     */
    public void ensure() throws IOException {
        ensure(Topics.all());
    }

    /**
     * Registers the schemas of these topics.
     *
     * @throws IOException if the registry does not answer
     * @throws IllegalStateException if it refuses a schema
     */
    public void ensure(List<Topic> topics) throws IOException {
        for (var topic : topics) {
            registry.register(topic.subject(), topic.schema());
            registry.keepCompatible(topic.subject(), COMPATIBILITY);
        }
    }
}
