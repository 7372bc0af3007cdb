package io.memoryreflector.ingest.deadletters;

import io.memoryreflector.ingest.access.CurrentCaller;
import io.memoryreflector.ingest.erasures.KnownErasures;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.encryption.KeyDestroyed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * The dead letters as requests ask for them: what is not there, not the caller's, not read yet or not to be had just now
 * is a problem with its status. Thread-safe.
 */
@Component
class Letterbox {

    private static final Logger LOG = LoggerFactory.getLogger(Letterbox.class);
    private static final Duration WAIT = Duration.ofSeconds(5);

    private final DeadLetterIndex index;
    private final IndexFeed feed;
    private final LetterArchive archive;
    private final LetterReader letters;
    private final AvroValues values;
    private final CurrentCaller caller;
    private final KnownErasures erasures;

    Letterbox(
            DeadLetterIndex index,
            IndexFeed feed,
            LetterArchive archive,
            LetterReader letters,
            AvroValues values,
            CurrentCaller caller,
            KnownErasures erasures) {
        this.index = index;
        this.feed = feed;
        this.archive = archive;
        this.letters = letters;
        this.values = values;
        this.caller = caller;
        this.erasures = erasures;
    }

    /** A page, newest first. */
    ListAnswer page(LetterFilter filter, int limit, Optional<String> cursor) {
        return ListAnswer.of(index().page(scoped(filter), limit, cursor.map(Letterbox::parse)), index.leftOut());
    }

    /** What is known of one letter; 404 if nothing is. */
    Entry entry(String id) {
        return index().find(id)
                .filter(entry -> caller.get().sees(entry.heading().subject().namespace()))
                .orElseThrow(() -> RequestProblem.of(
                        HttpStatus.NOT_FOUND, "dead_letter_id: got '" + id + "', which is not known"));
    }

    /** One whole letter; 404 if it is not known, 410 if the topic keeps it no more. */
    LetterAnswer look(String id) {
        var entry = entry(id);
        return whileThere(() -> {
            var record = archive.letter(entry.place())
                    .orElseThrow(() -> RequestProblem.of(
                            HttpStatus.GONE, "dead_letter_id: got '" + id + "', which reflector.dlq keeps no more"));
            return answer(entry, record);
        });
    }

    private LetterAnswer answer(Entry entry, ConsumerRecord<byte[], byte[]> record) {
        try {
            var letter = letters.read(record);
            return LetterAnswer.of(entry, letter, value(letter.original().value()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is known of all letters of a user; to be read with {@link #read}. */
    List<Entry> of(UserKey user) {
        return index().of(user);
    }

    /** Whole letters, one after the other; those that the topic keeps no more are passed over. */
    void read(List<Entry> entries, Consumer<LetterAnswer> reader) {
        var byPlace = new HashMap<Place, Entry>();
        entries.forEach(entry -> byPlace.put(entry.place(), entry));
        archive.read(byPlace.keySet(), (place, record) -> {
            if (record.isPresent()) {
                reader.accept(answer(byPlace.get(place), record.get()));
            }
        });
    }

    /** The letters that match, oldest first, as many as the limit lets through. */
    Selection select(LetterFilter filter, int limit) {
        return Selection.of(index().matching(scoped(filter)), filter.state(), limit);
    }

    private LetterFilter scoped(LetterFilter filter) {
        return filter.in(caller.get().scope(filter.namespace()));
    }

    /** What Kafka and the registry are needed for; 503 while they are away. */
    <T> T whileThere(Supplier<T> work) {
        try {
            return work.get();
        } catch (KeyDestroyed e) {
            throw RequestProblem.of(HttpStatus.GONE, "The dead letter's user is forgotten, and it with them.");
        } catch (KafkaException | UncheckedIOException away) {
            LOG.warn("a dead letter cannot be read: {}", away.toString());
            throw RequestProblem.unavailable("Kafka or the schema registry does not answer. Try again later.", WAIT);
        }
    }

    /** A part of the index would show letters as parked whose replay, or whose erasure, is not read yet. */
    private DeadLetterIndex index() {
        if (!feed.isComplete(WAIT) || !erasures.areRead(WAIT)) {
            throw RequestProblem.unavailable("The dead letters are still being read. Try again soon.", WAIT);
        }
        return index;
    }

    private LetterAnswer.Value value(byte[] bytes) {
        if (bytes == null) {
            return new LetterAnswer.Value(null, 0, null, null);
        }
        var base64 = LetterAnswer.inBase64(bytes);
        try {
            var written = values.read(bytes);
            return new LetterAnswer.Value(base64, bytes.length, AvroJson.of(written.schema(), written.datum()), null);
        } catch (UndecodableValue e) {
            return new LetterAnswer.Value(base64, bytes.length, null, e.getMessage());
        } catch (IOException e) {
            return new LetterAnswer.Value(base64, bytes.length, null, "the schema registry does not answer");
        }
    }

    private static Place parse(String cursor) {
        try {
            return Cursor.parse(cursor);
        } catch (IllegalArgumentException e) {
            throw RequestProblem.parameter("cursor", "is not one that was given out, takes next_cursor of a page");
        }
    }
}
