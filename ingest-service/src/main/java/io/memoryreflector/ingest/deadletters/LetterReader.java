package io.memoryreflector.ingest.deadletters;

import io.memoryreflector.events.DeadLetter;
import io.memoryreflector.events.ErrorInfo;
import io.memoryreflector.schemas.HeaderNames;
import io.memoryreflector.schemas.Ids;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
            return new Letter.Processed(heading(event, place), original(event), event);
        } catch (UndecodableValue e) {
            return stray(record, place, e.getMessage());
        }
    }

    private static Letter poison(ConsumerRecord<byte[], byte[]> record, Place place, SourceRecord source) {
        var id = sourceId(record, source);
        var heading = heading(record, place, source, ErrorHeaders.STREAMS, id, "poison", STREAMS_COMPONENT);
        return new Letter.Poison(heading, raw(record), ErrorHeaders.STREAMS.stackTrace(record.headers()));
    }

    private static Letter refused(ConsumerRecord<byte[], byte[]> record, Place place, SourceRecord source) {
        var connector = ErrorHeaders.text(record.headers(), ErrorHeaders.CONNECTOR);
        var component = connector == null ? "connect" : connector;
        var sourceId = sourceId(record, source);
        // Each sink has to be mended by itself, so each refusal of one record is a letter of its own.
        var id = Ids.nameBased("dead-letter", sourceId, component);
        var heading = heading(record, place, source, ErrorHeaders.CONNECT, id, "refused", component);
        return new Letter.Refused(heading, raw(record), ErrorHeaders.CONNECT.stackTrace(record.headers()), sourceId);
    }

    private static Letter stray(ConsumerRecord<byte[], byte[]> record, Place place, String why) {
        var source = new SourceRecord(record.topic(), record.partition(), record.offset());
        var failure = new Failure("unreadable", "permanent", "", why, 0, place.parkedAt(), place.parkedAt());
        var subject = Subject.of(record.topic(), record.key());
        return new Letter.Stray(new Heading(source.id(), place, source, subject, failure, "unknown"), raw(record));
    }

    private static Heading heading(
            ConsumerRecord<byte[], byte[]> record,
            Place place,
            SourceRecord source,
            ErrorHeaders names,
            String id,
            String reason,
            String component) {
        var errorClass = names.errorClass(record.headers());
        var failure = new Failure(
                reason,
                names == ErrorHeaders.STREAMS ? "poison" : "permanent",
                errorClass == null ? "" : errorClass,
                names.message(record.headers()),
                0,
                place.parkedAt(),
                place.parkedAt());
        return new Heading(id, place, source, Subject.of(source.topic(), record.key()), failure, component);
    }

    private static Heading heading(DeadLetter event, Place place) {
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
                event.getComponent());
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

    private static Original raw(ConsumerRecord<byte[], byte[]> record) {
        // The topic stamps its records itself, so the time at the source is not known.
        List<Header> own = ErrorHeaders.without(record.headers());
        return new Original(record.key(), record.value(), own, Optional.empty());
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
