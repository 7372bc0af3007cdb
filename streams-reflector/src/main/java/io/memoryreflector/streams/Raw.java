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
     * A deserializer that keeps the bytes; tombstones stay null, and so does what the inner one takes for one. An event of
     * another type is poison, like bytes that are no event.
     */
    public static <T> Deserializer<Raw<T>> deserializer(Class<T> type, Deserializer<?> inner) {
        return new Deserializer<>() {
            @Override
            public Raw<T> deserialize(String topic, byte[] bytes) {
                var event = bytes == null ? null : inner.deserialize(topic, bytes);
                return event == null ? null : new Raw<>(checked(topic, event), bytes);
            }

            private T checked(String topic, Object event) {
                if (!type.isInstance(event)) {
                    throw new SerializationException(topic + " holds " + type.getSimpleName() + ", got "
                            + event.getClass().getSimpleName());
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
