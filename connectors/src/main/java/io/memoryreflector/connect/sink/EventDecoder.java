package io.memoryreflector.connect.sink;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.schemas.HeaderNames;
import io.memoryreflector.schemas.InteractionDefaults;
import io.memoryreflector.schemas.encryption.KeyDestroyed;
import io.memoryreflector.schemas.serde.RegistryOutage;
import io.memoryreflector.schemas.topic.Topic;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Turns records into events, each as the catalogue has it for its topic; interactions have what their producers left out,
 * and the record's own time as {@code received_at}, since that decides what an erasure covers.
 * Tombstones are passed over: a sink deletes nothing, and a compacted topic's tombstone says only that the log need not
 * keep the record. So are events of users who are forgotten, which nobody can read. One thread.
 */
final class EventDecoder implements AutoCloseable {

    private final Deserializer<SpecificRecord> deserializer;
    private final TreeMap<String, Schema> schemas = new TreeMap<>();

    /**
     * @param deserializer is closed with this object
     * @param topics that the sink takes
     */
    EventDecoder(Deserializer<SpecificRecord> deserializer, Collection<Topic> topics) {
        this.deserializer = deserializer;
        topics.forEach(topic -> schemas.put(topic.name(), topic.schema()));
    }

    /**
     * Decodes records in their order.
     *
     * @param refused is told of each that is not what its topic holds
     * @throws NoAnswer if the registry has to be waited for
     * @throws ConnectException if the values are not bytes, which is the connector's fault and not theirs
     */
    List<Decoded> decode(Collection<SinkRecord> records, Consumer<Refusal> refused) {
        return records.stream()
                .filter(record -> record.value() != null)
                .map(record -> decode(record, refused))
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public void close() {
        deserializer.close();
    }

    private Optional<Decoded> decode(SinkRecord record, Consumer<Refusal> refused) {
        if (!(record.value() instanceof byte[] bytes)) {
            throw new ConnectException(
                    "value.converter: makes " + record.value().getClass().getName()
                            + " of the records; takes org.apache.kafka.connect.converters.ByteArrayConverter");
        }
        try {
            return Optional.of(new Decoded(record, completed(record, event(record.topic(), bytes))));
        } catch (RuntimeException e) {
            if (KeyDestroyed.explains(e)) {
                return Optional.empty();
            }
            if (RegistryOutage.explains(e)) {
                throw new NoAnswer("what is needed to read " + record.topic(), e);
            }
            refused.accept(new Refusal(record, e));
            return Optional.empty();
        }
    }

    private SpecificRecord event(String topic, byte[] bytes) {
        var expected = schemas.get(topic);
        if (expected == null) {
            throw new DataException("topics: got a record of " + topic + "; this sink takes " + schemas.keySet());
        }
        // A deserializer may return any Avro record or nothing, whatever its type parameter says.
        Object event = deserializer.deserialize(topic, bytes);
        if (event instanceof SpecificRecord specific
                && specific.getSchema().getFullName().equals(expected.getFullName())) {
            return specific;
        }
        var got = event instanceof SpecificRecord other ? other.getSchema().getFullName() : String.valueOf(type(event));
        throw new DataException(topic + " holds " + expected.getFullName() + ", got " + got);
    }

    private static SpecificRecord completed(SinkRecord record, SpecificRecord event) {
        if (!(event instanceof Interaction interaction)) {
            return event;
        }
        var replayed = record.headers().lastWithName(HeaderNames.INTERACTION_ID);
        var timestamp = record.timestamp() == null ? -1 : record.timestamp();
        var complete = new InteractionDefaults(
                        record.originalTopic(),
                        record.originalKafkaPartition(),
                        record.originalKafkaOffset(),
                        timestamp,
                        Optional.ofNullable(replayed).map(Header::value).map(Object::toString))
                .complete(interaction);
        complete.setReceivedAt(Instant.ofEpochMilli(Math.max(0, timestamp)));
        return complete;
    }

    private static Object type(Object event) {
        return event == null ? null : event.getClass().getName();
    }
}
