package io.memoryreflector.schemas.serde;

import io.apicurio.registry.resolver.ParsedSchemaImpl;
import io.apicurio.registry.resolver.SchemaLookupResult;
import io.apicurio.registry.resolver.SchemaParser;
import io.apicurio.registry.resolver.SchemaResolver;
import io.apicurio.registry.resolver.client.RegistryClientFacade;
import io.apicurio.registry.resolver.data.Record;
import io.apicurio.registry.resolver.strategy.ArtifactReference;
import io.apicurio.registry.resolver.strategy.ArtifactReferenceResolverStrategy;
import io.apicurio.registry.serde.data.SerdeMetadata;
import io.memoryreflector.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Finds the schemas of one of Apicurio's serdes over Confluent's interface instead of Apicurio's own, so that they work
 * with every registry. Thread-safe.
 *
 * <p>A registry that does not answer is an {@link UncheckedIOException}, an id that it does not know a {@link
 * SerializationException}.
 */
final class RegistrySchemas<T extends SpecificRecord> implements SchemaResolver<Schema, T> {

    private final SchemaRegistry registry;
    private volatile SchemaParser<Schema, T> parser;

    /** @param registry shared by all serdes of a process, so that what one has asked is known to all */
    RegistrySchemas(SchemaRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void configure(Map<String, ?> config, SchemaParser<Schema, T> parser) {
        this.parser = parser;
    }

    @Override
    public SchemaParser<Schema, T> getSchemaParser() {
        return parser;
    }

    /** Under the subject {@code <topic>-value} (TopicNameStrategy). */
    @Override
    public SchemaLookupResult<Schema> resolveSchema(Record<T> event) {
        var topic = ((SerdeMetadata) event.metadata()).getTopic();
        var schema = event.payload().getSchema();
        try {
            return result(registry.register(topic + "-value", schema), schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public SchemaLookupResult<Schema> resolveSchemaByArtifactReference(ArtifactReference reference) {
        var id = reference.getContentId().intValue();
        return result(id, ask(id));
    }

    private Schema ask(int id) {
        try {
            return registry.schema(id)
                    .orElseThrow(() -> new SerializationException("the schema registry knows no schema of id " + id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SchemaLookupResult<Schema> result(int id, Schema schema) {
        return SchemaLookupResult.<Schema>builder()
                .contentId(id)
                .globalId(id)
                .parsedSchema(new ParsedSchemaImpl<Schema>().setParsedSchema(schema))
                .build();
    }

    /** Nothing to do: what an id means does not change. */
    @Override
    public void reset() {}

    /** Unused: there is no client of Apicurio's here. */
    @Override
    public void setClientFacade(RegistryClientFacade facade) {}

    /** Unused: the subject's name is the strategy. */
    @Override
    public void setArtifactResolverStrategy(ArtifactReferenceResolverStrategy<Schema, T> strategy) {}

    @Override
    public void close() {}
}
