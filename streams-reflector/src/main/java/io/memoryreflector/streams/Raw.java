package io.memoryreflector.streams;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * A decoded value beside the bytes that it came in, which a dead letter must give back byte for byte.
 *
 * @param value the decoded value
 * @param bytes never changed
 */
public record Raw<T>(T value, byte[] bytes) {

    /**
     * A deserializer that keeps the bytes; tombstones stay null. An event of another type is poison, like bytes that are
     * no event.
     */
    public static <T> Deserializer<Raw<T>> deserializer(Class<T> type, Deserializer<?> inner) {
        return new Deserializer<>() {
            @Override
            public Raw<T> deserialize(String topic, byte[] bytes) {
                return bytes == null ? null : new Raw<>(checked(topic, inner.deserialize(topic, bytes)), bytes);
            }

            private T checked(String topic, Object event) {
                if (!type.isInstance(event)) {
                    var got = event == null ? "nothing" : event.getClass().getSimpleName();
                    throw new SerializationException(topic + " holds " + type.getSimpleName() + ", got " + got);
                }
                return type.cast(event);
            }

            @Override
            public void close() {
                inner.close();
            }
        };
    }
}
