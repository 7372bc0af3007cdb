package io.memoryreflector.schemas.serde;

import java.io.IOException;
import java.io.UncheckedIOException;
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
 * its fingerprint, so that no registry is asked while a store is read or restored. Thread-safe.
 */
public final class StateSerde {

    private StateSerde() {}

    /** A serde of records of this schema. */
    public static <T extends SpecificRecord> Serde<T> of(Schema schema) {
        var encoder = new BinaryMessageEncoder<T>(SpecificData.get(), schema);
        var decoder = new BinaryMessageDecoder<T>(SpecificData.get(), schema);
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
}
