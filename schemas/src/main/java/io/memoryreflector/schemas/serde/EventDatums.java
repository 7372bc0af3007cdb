package io.memoryreflector.schemas.serde;

import io.apicurio.registry.serde.avro.DefaultAvroDatumProvider;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Readers and writers of Avro events, kept by the schema object itself. The provider that it extends looks for them by
 * the schema's fingerprint, which it computes anew for each record: a quarter of a busy stream thread's time. There are as
 * many schema objects as {@code SchemaRegistry} keeps.
 * Thread-safe, as a producer's serializer has to be.
 *
 * <p>Public for Apicurio's serdes, which make it.
 */
public final class EventDatums<T extends SpecificRecord> extends DefaultAvroDatumProvider<T> {

    private final Map<Schema, DatumReader<T>> readers = Collections.synchronizedMap(new IdentityHashMap<>());
    private final Map<Schema, DatumWriter<T>> writers = Collections.synchronizedMap(new IdentityHashMap<>());

    @Override
    public DatumReader<T> createDatumReader(Schema schema) {
        return kept(readers, schema, super::createDatumReader);
    }

    @Override
    public DatumWriter<T> createDatumWriter(T event, Schema schema) {
        return kept(writers, schema, SpecificDatumWriter::new);
    }

    private static <D> D kept(Map<Schema, D> all, Schema schema, Function<Schema, D> create) {
        var kept = all.get(schema);
        if (kept == null) {
            kept = create.apply(schema);
            all.put(schema, kept);
        }
        return kept;
    }
}
