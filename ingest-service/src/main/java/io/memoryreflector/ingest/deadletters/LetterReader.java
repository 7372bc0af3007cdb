package io.memoryreflector.ingest.deadletters;

import io.memoryreflector.events.DeadLetter;
import io.memoryreflector.events.ErrorInfo;
import io.memoryreflector.events.Source;
import io.memoryreflector.schemas.HeaderNames;
import io.memoryreflector.schemas.Ids;
import io.memoryreflector.schemas.encryption.KeyDestroyed;
import io.memoryreflector.schemas.topic.Topics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Reads records of {@code reflector.dlq}, whoever wrote them, as letters. Thread-safe. */
final class LetterReader {

    private static final String STREAMS_COMPONENT = "streams-reflector";

    private final AvroValues values;

    LetterReader(AvroValues values) {
        this.values = values;
    }

    /**
     * The letter; any bytes make one.
     *
     * @throws IOException if the registry does not answer, so that it cannot be told what the bytes are
     * @throws KeyDestroyed if it is of a user who is forgotten
     */
    Letter read(ConsumerRecord<byte[], byte[]> record) throws IOException {
        var place = new Place(record.partition(), record.offset(), Instant.ofEpochMilli(record.timestamp()));
        var parkedBy = ErrorHeaders.lastOf(record.headers()).orElse(null);
        if (parkedBy == null) {
            return processed(record, place);
        }
        var source = parkedBy.source(record.headers()).orElse(null);
        if (source == null) {
            return stray(record, place, "its headers do not say where it came from");
        }
        return switch (parkedBy) {
            case STREAMS -> poison(record, place, source);
            case CONNECT -> refused(record, place, source);
        };
    }

    private Letter processed(ConsumerRecord<byte[], byte[]> record, Place place) throws IOException {
        try {
            var event = values.deadLetter(record.value());
            return new Letter.Processed(heading(event, place, handover(event)), original(event), event);
        } catch (UndecodableValue e) {
            return stray(record, place, e.getMessage());
        }
    }

    private Letter poison(ConsumerRecord<byte[], byte[]> record, Place place, SourceRecord source) {
        var id = sourceId(record, source);
        var heading =
                heading(record, place, source, ErrorHeaders.STREAMS, id, "poison", STREAMS_COMPONENT, Handover.UNKNOWN);
        return new Letter.Poison(heading, raw(record), ErrorHeaders.STREAMS.stackTrace(record.headers()));
    }

    private Letter refused(ConsumerRecord<byte[], byte[]> record, Place place, SourceRecord source) throws IOException {
        var connector = ErrorHeaders.text(record.headers(), ErrorHeaders.CONNECTOR);
        var component = connector == null ? "connect" : connector;
        var sourceId = sourceId(record, source);
        // Each sink has to be mended by itself, so each refusal of one record is a letter of its own.
        var id = Ids.nameBased("dead-letter", sourceId, component);
        var handover = handover(record.value(), null);
        var heading = heading(record, place, source, ErrorHeaders.CONNECT, id, "refused", component, handover);
        return new Letter.Refused(heading, raw(record), ErrorHeaders.CONNECT.stackTrace(record.headers()), sourceId);
    }

    private Letter stray(ConsumerRecord<byte[], byte[]> record, Place place, String why) {
        var source = new SourceRecord(record.topic(), record.partition(), record.offset());
        var failure = new Failure("unreadable", "permanent", "", why, 0, place.parkedAt(), place.parkedAt());
        var subject = Subject.of(record.topic(), record.key());
        var heading = new Heading(source.id(), place, source, subject, failure, "unknown", Handover.UNKNOWN);
        return new Letter.Stray(heading, raw(record));
    }

    /** The source's timestamp is the interaction's own only in the log; tasks and memories carry it in themselves. */
    private Handover handover(DeadLetter event) throws IOException {
        var fromLog = Topics.INTERACTIONS.name().equals(event.getSourceTopic());
        return handover(bytes(event.getOriginalValue()), fromLog ? event.getSourceTimestamp() : null);
    }

    private Handover handover(byte[] value, Instant recordedAt) throws IOException {
        try {
            if (!(values.read(value).datum() instanceof GenericRecord event)) {
                return new Handover(null, Source.UNKNOWN, recordedAt);
            }
            var at = event.hasField("recorded_at") && event.get("recorded_at") instanceof Long millis
                    ? Instant.ofEpochMilli(millis)
                    : recordedAt;
            var session = event.hasField("session_id") ? event.get("session_id") : null;
            return new Handover(session == null ? null : session.toString(), source(event), at);
        } catch (UndecodableValue e) {
            return new Handover(null, Source.UNKNOWN, recordedAt);
        }
    }

    private static Source source(GenericRecord event) {
        try {
            return event.hasField("source") ? Source.valueOf(String.valueOf(event.get("source"))) : Source.UNKNOWN;
        } catch (IllegalArgumentException e) {
            return Source.UNKNOWN;
        }
    }

    private static Heading heading(
            ConsumerRecord<byte[], byte[]> record,
            Place place,
            SourceRecord source,
            ErrorHeaders names,
            String id,
            String reason,
            String component,
            Handover handover) {
        var errorClass = names.errorClass(record.headers());
        var failure = new Failure(
                reason,
                names == ErrorHeaders.STREAMS ? "poison" : "permanent",
                errorClass == null ? "" : errorClass,
                names.message(record.headers()),
                0,
                place.parkedAt(),
                place.parkedAt());
        return new Heading(id, place, source, Subject.of(source.topic(), record.key()), failure, component, handover);
    }

    private static Heading heading(DeadLetter event, Place place, Handover handover) {
        var last = event.getLastFailure();
        var first = Optional.ofNullable(event.getFirstFailure()).map(ErrorInfo::getAt);
        var failure = new Failure(
                event.getReason(),
                last.getKind(),
                last.getErrorClass(),
                last.getMessage(),
                event.getAttempts(),
                first.orElse(last.getAt()),
                last.getAt());
        return new Heading(
                event.getDeadLetterId(),
                place,
                new SourceRecord(event.getSourceTopic(), event.getSourcePartition(), event.getSourceOffset()),
                subject(event),
                failure,
                event.getComponent(),
                handover);
    }

    private static Subject subject(DeadLetter event) {
        var byKey = Subject.of(event.getSourceTopic(), bytes(event.getOriginalKey()));
        return new Subject(
                event.getTier() == null ? byKey.tier() : event.getTier(),
                event.getNamespace() == null ? byKey.namespace() : event.getNamespace(),
                event.getUserId() == null ? byKey.userId() : event.getUserId(),
                event.getInteractionId() == null ? byKey.interactionId() : event.getInteractionId());
    }

    private static Original original(DeadLetter event) {
        return new Original(
                bytes(event.getOriginalKey()),
                bytes(event.getOriginalValue()),
                event.getOriginalHeaders().stream()
                        .<Header>map(header -> new RecordHeader(header.getKey(), bytes(header.getValue())))
                        .toList(),
                Optional.of(event.getSourceTimestamp()));
    }

    private Original raw(ConsumerRecord<byte[], byte[]> record) {
        // The topic stamps its records itself, so the time at the source is not known.
        List<Header> own = ErrorHeaders.without(record.headers());
        return new Original(record.key(), values.parked(record.key(), record.value()), own, Optional.empty());
    }

    private static String sourceId(ConsumerRecord<byte[], byte[]> record, SourceRecord source) {
        var replayed = ErrorHeaders.text(record.headers(), HeaderNames.DEAD_LETTER_ID);
        return replayed == null ? source.id() : replayed;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
