package io.memoryreflector.streams.deadletter;

import io.memoryreflector.schemas.serde.RegistryOutage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;

/**
 * Parks bytes that are no event on the dead-letter topic by Kafka Streams' own support, with its header names and the
 * original key and value. A registry that does not answer is no poison: the stream stops there and tries again.
 */
public final class PoisonHandler extends LogAndContinueExceptionHandler {

    @Override
    public Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        return RegistryOutage.explains(exception) ? Response.fail() : super.handleError(context, record, exception);
    }
}
