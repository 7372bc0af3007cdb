package io.memoryreflector.schemas.serde;

import io.memoryreflector.schemas.encryption.EventSealing;
import io.memoryreflector.schemas.encryption.KeyDestroyed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * Serdes of Avro records in state stores and their changelogs: Avro's single-object encoding, which names the schema by
 * its fingerprint, so that no registry is asked while a store is read or restored. What an earlier version of the
 * program has stored is read by the schema that it had then, which is kept as a resource. Thread-safe.
 */
public final class StateSerde {

    static {
        AvroLimits.set();
    }

    private StateSerde() {}

    /** A serde of records of this schema whose personal values are sealed; those of a forgotten user are gone. */
    static <T extends SpecificRecord> Serde<T> of(Schema schema, EventSealing sealing) {
        var plain = StateSerde.<T>of(schema);
        var opening = new OpeningDeserializer<>(plain.deserializer(), sealing);
        return Serdes.serdeFrom(new SealingSerializer<>(plain.serializer(), sealing), (topic, bytes) -> {
            try {
                return opening.deserialize(topic, bytes);
            } catch (KeyDestroyed e) {
                return null;
            }
        });
    }

    /** A serde of records of this schema. */
    public static <T extends SpecificRecord> Serde<T> of(Schema schema) {
        var encoder = new BinaryMessageEncoder<T>(SpecificData.get(), schema);
        var decoder = new BinaryMessageDecoder<T>(SpecificData.get(), schema);
        former(schema.getFullName()).forEach(decoder::addSchema);
        return Serdes.serdeFrom(
                (topic, value) -> {
                    if (value == null) {
                        return null;
                    }
                    try {
                        var buffer = encoder.encode(value);
                        var bytes = new byte[buffer.remaining()];
                        buffer.get(bytes);
                        return bytes;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                (topic, bytes) -> {
                    if (bytes == null) {
                        return null;
                    }
                    try {
                        return decoder.decode(bytes, null);
                    } catch (IOException | RuntimeException e) {
                        throw new SerializationException(
                                "state of " + topic + " is not a " + schema.getFullName() + " of a known version", e);
                    }
                });
    }

    /** The record's earlier schemas: {@code former/<full name>.1.avsc} and so on, in parsing canonical form. */
    static List<Schema> former(String fullName) {
        var schemas = new ArrayList<Schema>();
        while (true) {
            var name = "former/" + fullName + "." + (schemas.size() + 1) + ".avsc";
            try (var resource = StateSerde.class.getResourceAsStream(name)) {
                if (resource == null) {
                    return schemas;
                }
                schemas.add(new Schema.Parser().parse(resource));
            } catch (IOException e) {
                throw new UncheckedIOException(name + " cannot be read", e);
            }
        }
    }
}
