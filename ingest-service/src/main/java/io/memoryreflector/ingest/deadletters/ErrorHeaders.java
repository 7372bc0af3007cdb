package io.memoryreflector.ingest.deadletters;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Names of the headers by which others tell why they parked a record. They add theirs after the record's own, so the
 * last header tells who it was, and a record that brings such headers along deceives nobody.
 */
enum ErrorHeaders {
    /** Kafka Streams 4.3, {@code errors.dead.letter.queue.topic.name}. */
    STREAMS("__streams.errors.", "topic", "partition", "offset", "exception", "message", "stacktrace"),
    /** Kafka Connect 4.3, {@code errors.deadletterqueue.context.headers.enable}. */
    CONNECT(
            "__connect.errors.",
            "topic",
            "partition",
            "offset",
            "exception.class.name",
            "exception.message",
            "exception.stacktrace");

    /** The connector that parked it; Connect's alone. */
    static final String CONNECTOR = "__connect.errors.connector.name";

    private final String prefix;
    private final String topic;
    private final String partition;
    private final String offset;
    private final String errorClass;
    private final String message;
    private final String stackTrace;

    ErrorHeaders(
            String prefix,
            String topic,
            String partition,
            String offset,
            String errorClass,
            String message,
            String stackTrace) {
        this.prefix = prefix;
        this.topic = prefix + topic;
        this.partition = prefix + partition;
        this.offset = prefix + offset;
        this.errorClass = prefix + errorClass;
        this.message = prefix + message;
        this.stackTrace = prefix + stackTrace;
    }

    /** Whose headers stand last, if anybody's. */
    static Optional<ErrorHeaders> lastOf(Headers headers) {
        var all = headers.toArray();
        if (all.length == 0) {
            return Optional.empty();
        }
        var last = all[all.length - 1].key();
        return List.of(values()).stream()
                .filter(names -> last.startsWith(names.prefix))
                .findFirst();
    }

    /** The record's own headers, in order. */
    static List<Header> without(Headers headers) {
        return StreamSupport.stream(headers.spliterator(), false)
                .filter(header -> !header.key().startsWith(STREAMS.prefix)
                        && !header.key().startsWith(CONNECT.prefix))
                .toList();
    }

    /** The last header of this name as text; null where it is not there or empty of bytes. */
    static String text(Headers headers, String name) {
        var header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** Where the record came from; empty if the headers do not say it. */
    Optional<SourceRecord> source(Headers headers) {
        var name = text(headers, topic);
        try {
            return name == null
                    ? Optional.empty()
                    : Optional.of(new SourceRecord(
                            name, Integer.parseInt(text(headers, partition)), Long.parseLong(text(headers, offset))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    String errorClass(Headers headers) {
        return text(headers, errorClass);
    }

    String message(Headers headers) {
        return text(headers, message);
    }

    Optional<String> stackTrace(Headers headers) {
        return Optional.ofNullable(text(headers, stackTrace));
    }
}
