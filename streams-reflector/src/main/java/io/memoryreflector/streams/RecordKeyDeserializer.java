package io.memoryreflector.streams;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Record keys as text, strictly: bytes that are no UTF-8 are poison, since a key that was mended would be another user's.
 */
final class RecordKeyDeserializer implements Deserializer<String> {

    @Override
    public String deserialize(String topic, byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SerializationException("key: is not UTF-8, takes namespace/user_id");
        }
    }
}
