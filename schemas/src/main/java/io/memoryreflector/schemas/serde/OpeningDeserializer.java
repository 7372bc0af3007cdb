package io.memoryreflector.schemas.serde;

import io.memoryreflector.schemas.encryption.EventSealing;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/** Opens what is sealed in an event that another deserializer has read; as thread-safe as that one. */
record OpeningDeserializer<T extends SpecificRecord>(Deserializer<T> inner, EventSealing sealing)
        implements Deserializer<T> {

    @Override
    public T deserialize(String topic, byte[] bytes) {
        return opened(inner.deserialize(topic, bytes));
    }

    @Override
    public T deserialize(String topic, Headers headers, byte[] bytes) {
        return opened(inner.deserialize(topic, headers, bytes));
    }

    private T opened(T event) {
        return event == null ? null : sealing.open(event);
    }

    @Override
    public void close() {
        inner.close();
    }
}
