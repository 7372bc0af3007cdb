package io.memoryreflector.schemas.serde;

import io.memoryreflector.schemas.encryption.EventSealing;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;

/** Seals what is personal before another serializer writes the event; as thread-safe as that one. */
record SealingSerializer<T extends SpecificRecord>(Serializer<T> inner, EventSealing sealing) implements Serializer<T> {

    @Override
    public byte[] serialize(String topic, T event) {
        return event == null ? null : inner.serialize(topic, sealing.seal(event));
    }

    @Override
    public byte[] serialize(String topic, Headers headers, T event) {
        return event == null ? null : inner.serialize(topic, headers, sealing.seal(event));
    }

    @Override
    public void close() {
        inner.close();
    }
}
