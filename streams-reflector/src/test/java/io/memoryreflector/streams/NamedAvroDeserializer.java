package io.memoryreflector.streams;

import java.io.IOException;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** The inverse of {@link NamedAvroSerializer}. */
public final class NamedAvroDeserializer implements Deserializer<SpecificRecord> {

    @Override
    public SpecificRecord deserialize(String topic, byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            var decoder = DecoderFactory.get().binaryDecoder(bytes, null);
            var type = Class.forName(decoder.readString());
            return (SpecificRecord) new SpecificDatumReader<>(SpecificData.get().getSchema(type)).read(null, decoder);
        } catch (IOException | ClassNotFoundException | RuntimeException e) {
            throw new SerializationException("not an event: " + e, new IllegalArgumentException(e.getMessage()));
        }
    }
}
