package io.memoryreflector.ingest.deadletters;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.memoryreflector.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** The schemas by which values were written; an id that the registry does not know is not asked for again at once. */
final class WriterSchemas {

    private static final int MAX_KEPT = 1_000;
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(10);

    private final Cache<Integer, Boolean> unknown = Caffeine.newBuilder()
            .maximumSize(MAX_KEPT)
            .expireAfterWrite(UNKNOWN_FOR)
            .build();
    private final SchemaRegistry registry;

    /** Those of this registry. */
    WriterSchemas(SchemaRegistry registry) {
        this.registry = registry;
    }

    /**
     * The schema; empty if the registry has none of this id.
     *
     * @throws IOException if the registry does not answer
     */
    Optional<Schema> find(int id) throws IOException {
        if (unknown.getIfPresent(id) != null) {
            return Optional.empty();
        }
        var fetched = fetch(id);
        if (fetched.isEmpty()) {
            unknown.put(id, true);
        }
        return fetched;
    }

    private Optional<Schema> fetch(int id) throws IOException {
        try {
            return registry.schema(id);
        } catch (AvroRuntimeException | IllegalStateException notAvro) {
            return Optional.empty();
        }
    }
}
