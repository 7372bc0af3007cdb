package io.memoryreflector.ingest.deadletters;

import io.memoryreflector.events.DeadLetter;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.schemas.HeaderNames;
import io.memoryreflector.schemas.Ids;
import io.memoryreflector.schemas.topic.Topic;
import io.memoryreflector.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Makes the record that a letter becomes again: to its source topic and partition, with its key, value, headers and,
 * where it was kept, its time, and with headers that say of which letter and by which job. Pure.
 *
 * <p>Back at a topic, a record reaches all who read it, not only the sink that refused it; they are idempotent.
 */
final class ReplayRecord {

    private static final Set<String> SOURCES = Topics.all().stream()
            .filter(topic -> topic != Topics.DEAD_LETTERS && topic != Topics.DEAD_LETTER_ACTIONS)
            .map(Topic::name)
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> OF_TASKS = Topics.all().stream()
            .filter(topic -> topic.schema().equals(ReflectionTask.SCHEMA$))
            .map(Topic::name)
            .collect(Collectors.toUnmodifiableSet());

    private ReplayRecord() {}

    /** Whether there is a topic to which the letter can go back. */
    static boolean isPossible(Letter letter) {
        return !(letter instanceof Letter.Stray)
                && SOURCES.contains(letter.heading().source().topic());
    }

    /**
     * The record.
     *
     * @param value the original one, or what a patch made of it
     * @param partitions of the source topic: a partition that it does not have is left to the key
     */
    static ProducerRecord<byte[], byte[]> of(Letter letter, byte[] value, String jobId, int partitions) {
        var source = letter.heading().source();
        var original = letter.original();
        var headers = new RecordHeaders(original.headers());
        set(headers, HeaderNames.REPLAY_JOB, jobId);
        set(headers, HeaderNames.DEAD_LETTER_ID, letter.sourceId());
        if (source.topic().equals(Topics.INTERACTIONS.name())
                && headers.lastHeader(HeaderNames.INTERACTION_ID) == null) {
            set(
                    headers,
                    HeaderNames.INTERACTION_ID,
                    Ids.interaction(source.topic(), source.partition(), source.offset()));
        }
        if (letter instanceof Letter.Processed processed) {
            setAttempts(headers, processed.event());
        }
        var timestamp = original.timestamp()
                .map(time -> time.toEpochMilli())
                .filter(millis -> millis >= 0)
                .orElse(null);
        var partition = source.partition() < partitions ? source.partition() : null;
        return new ProducerRecord<>(source.topic(), partition, timestamp, original.key(), value, headers);
    }

    /** A letter counts the attempt that failed last, and the task in it does not. */
    private static void setAttempts(Headers headers, DeadLetter event) {
        if (OF_TASKS.contains(event.getSourceTopic())) {
            set(headers, HeaderNames.ATTEMPTS_BEFORE, Integer.toString(Math.max(0, event.getAttempts() - 1)));
        }
    }

    private static void set(Headers headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
