package io.memoryreflector.streams.deadletter;

import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.encryption.EventSealing;
import io.memoryreflector.schemas.serde.RegistryOutage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;

/**
 * Parks bytes that are no event on the dead-letter topic by Kafka Streams' own support, with its header names and the
 * original key and value; the value is sealed whole where events are, since no schema can say what in it is personal. A
 * registry that does not answer is no poison: the stream stops there and tries again.
 */
public final class PoisonHandler extends LogAndContinueExceptionHandler {

    /** Setting of Kafka Streams that holds the {@link EventSealing}. */
    public static final String SEALING = "memory.reflector.sealing";

    private EventSealing sealing;

    @Override
    public void configure(Map<String, ?> configs) {
        super.configure(configs);
        sealing = (EventSealing) configs.get(SEALING);
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        if (RegistryOutage.explains(exception)) {
            return Response.fail();
        }
        var parked = super.handleError(context, record, exception);
        return Response.resume(
                parked.deadLetterQueueRecords().stream().map(this::sealed).toList());
    }

    private ProducerRecord<byte[], byte[]> sealed(ProducerRecord<byte[], byte[]> record) {
        return new ProducerRecord<>(
                record.topic(),
                record.partition(),
                record.timestamp(),
                record.key(),
                record.value() == null ? null : sealing.sealBytes(owner(record.key()), record.value()),
                record.headers());
    }

    /** Null where the key names no user. */
    private static UserKey owner(byte[] key) {
        try {
            return key == null ? null : UserKey.parse(new String(key, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
