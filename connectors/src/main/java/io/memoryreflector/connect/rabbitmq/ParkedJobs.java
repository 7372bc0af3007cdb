package io.memoryreflector.connect.rabbitmq;

import io.memoryreflector.events.DeadLetter;
import io.memoryreflector.events.ErrorInfo;
import io.memoryreflector.events.Header;
import io.memoryreflector.schemas.Ids;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * Makes dead letters of messages that are no job: pure. A redelivery of the same message is the same dead letter.
 *
 * @param queue where the messages come from
 * @param namespace of the jobs
 */
record ParkedJobs(String queue, String namespace) {

    /** Largest part of a body that a record of the topic has room for. */
    static final int MAX_BODY_BYTES = 3 * 1024 * 1024;

    /** Of the source, as dead letters show it. */
    static final String SOURCE_PREFIX = "rabbitmq:";

    private static final String COMPONENT = "rabbitmq-source";

    DeadLetter park(JobMessage message, Mapped.Refused refused, Instant now) {
        var failure = ErrorInfo.newBuilder()
                .setKind(refused.kind())
                .setErrorClass(refused.why().getClass().getName())
                .setMessage(reason(message, refused))
                .setAt(now)
                .build();
        return DeadLetter.newBuilder()
                .setDeadLetterId(id(message))
                .setSourceTopic(SOURCE_PREFIX + queue)
                .setSourcePartition(0)
                .setSourceOffset(message.envelope().getDeliveryTag())
                .setSourceTimestamp(sentAt(message, now))
                .setOriginalValue(ByteBuffer.wrap(message.body(), 0, Math.min(message.body().length, MAX_BODY_BYTES)))
                .setOriginalHeaders(headers(message))
                .setInteractionId(refused.jobId())
                .setNamespace(namespace)
                .setUserId(refused.userId())
                .setAttempts(1)
                .setReason(refused.kind())
                .setFirstFailure(failure)
                .setLastFailure(failure)
                .setComponent(COMPONENT)
                .build();
    }

    private static String reason(JobMessage message, Mapped.Refused refused) {
        return message.body().length <= MAX_BODY_BYTES
                ? refused.why().getMessage()
                : refused.why().getMessage() + "; only the first " + MAX_BODY_BYTES + " bytes of the body are kept";
    }

    private String id(JobMessage message) {
        return Ids.nameBased(
                "dead-letter",
                SOURCE_PREFIX + queue,
                message.envelope().getRoutingKey(),
                Objects.requireNonNullElse(message.properties().getMessageId(), ""),
                sha256(message.body()));
    }

    private static Instant sentAt(JobMessage message, Instant now) {
        var sent = message.properties().getTimestamp();
        return sent == null ? now : sent.toInstant();
    }

    private static List<Header> headers(JobMessage message) {
        return CarriedHeaders.ofRefused(message).entrySet().stream()
                .map(header -> Header.newBuilder()
                        .setKey(header.getKey())
                        .setValue(header.getValue() == null ? null : ByteBuffer.wrap(header.getValue()))
                        .build())
                .toList();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
