package io.memoryreflector.connect.rabbitmq;

import io.memoryreflector.events.DeadLetter;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.serde.RegistryOutage;
import io.memoryreflector.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Makes the Kafka record of a message: an interaction, or a dead letter where it is none. One thread.
 *
 * <p>The offset that Connect keeps is of no use after a restart, when RabbitMQ delivers anew; it tells {@code
 * commitRecord} which delivery the record was.
 */
final class SourceRecords implements AutoCloseable {

    private static final String EPOCH = "epoch";
    private static final String TAG = "delivery_tag";
    private static final String PARTITION = "queue";

    private final JobMapping mapping;
    private final ParkedJobs parked;
    private final Serializer<SpecificRecord> serializer;
    private final InstantSource clock;

    /** @param serializer is closed with this object */
    SourceRecords(JobMapping mapping, ParkedJobs parked, Serializer<SpecificRecord> serializer, InstantSource clock) {
        this.mapping = mapping;
        this.parked = parked;
        this.serializer = serializer;
        this.clock = clock;
    }

    /** @throws RuntimeException that {@link RegistryOutage#explains} if the registry has to be waited for */
    SourceRecord of(JobMessage message) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var mapped = mapping.map(message.body(), message.properties(), now);
        if (mapped instanceof Mapped.Refused refused) {
            return parked(message, refused, now);
        }
        var job = (Mapped.Job) mapped;
        var interaction = job.interaction();
        byte[] value;
        try {
            value = serializer.serialize(Topics.INTERACTIONS.name(), interaction);
        } catch (RuntimeException e) {
            if (RegistryOutage.explains(e)) {
                throw e;
            }
            return parked(
                    message,
                    new Mapped.Refused("permanent", e, interaction.getInteractionId(), interaction.getUserId()),
                    now);
        }
        var headers = CarriedHeaders.of(message);
        job.counters().forEach((name, count) -> headers.put(CarriedHeaders.PREFIX + name, bytes(count)));
        return record(message, Topics.INTERACTIONS.name(), key(interaction), value, headers);
    }

    /** The channel of the delivery that a record was. */
    static long epoch(SourceRecord record) {
        return (Long) record.sourceOffset().get(EPOCH);
    }

    /** Its tag on that channel. */
    static long tag(SourceRecord record) {
        return (Long) record.sourceOffset().get(TAG);
    }

    @Override
    public void close() {
        serializer.close();
    }

    private SourceRecord parked(JobMessage message, Mapped.Refused refused, Instant now) {
        var letter = parked.park(message, refused, now);
        return record(
                message,
                Topics.DEAD_LETTERS.name(),
                key(letter),
                serializer.serialize(Topics.DEAD_LETTERS.name(), letter),
                Map.of());
    }

    private SourceRecord record(
            JobMessage message, String topic, byte[] key, byte[] value, Map<String, byte[]> carried) {
        var headers = new ConnectHeaders();
        carried.forEach((name, bytes) -> headers.add(name, bytes, Schema.OPTIONAL_BYTES_SCHEMA));
        return new SourceRecord(
                Map.of(PARTITION, parked.queue()),
                Map.of(EPOCH, message.epoch(), TAG, message.envelope().getDeliveryTag()),
                topic,
                null,
                Schema.OPTIONAL_BYTES_SCHEMA,
                key,
                Schema.BYTES_SCHEMA,
                value,
                null,
                headers);
    }

    private static byte[] key(Interaction interaction) {
        return bytes(new UserKey(interaction.getNamespace(), interaction.getUserId()).toString());
    }

    /** A letter of which no user is known has no key. */
    private static byte[] key(DeadLetter letter) {
        try {
            return bytes(new UserKey(letter.getNamespace(), letter.getUserId()).toString());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
