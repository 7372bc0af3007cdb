package io.memoryreflector.streams;

import org.apache.kafka.common.serialization.Deserializer;

/**
 * A decoded value beside the bytes that it came in, which a dead letter must give back byte for byte.
 *
 * @param value the decoded value
 * @param bytes never changed
 */
public record Raw<T>(T value, byte[] bytes) {

    /** A deserializer that keeps the bytes; tombstones stay null. */
    public static <T> Deserializer<Raw<T>> deserializer(Deserializer<T> inner) {
        return new Deserializer<>() {
            @Override
            public Raw<T> deserialize(String topic, byte[] bytes) {
                return bytes == null ? null : new Raw<>(inner.deserialize(topic, bytes), bytes);
            }

            @Override
            public void close() {
                inner.close();
            }
        };
    }
}
