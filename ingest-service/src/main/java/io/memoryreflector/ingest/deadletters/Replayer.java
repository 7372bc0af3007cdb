package io.memoryreflector.ingest.deadletters;

import io.github.bucket4j.BlockingBucket;
import io.github.bucket4j.Bucket;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.schemas.encryption.KeyDestroyed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;

/**
 * Sends letters to where they came from: first the record, and once Kafka has it, the event that says so. A process that
 * ends between the two leaves a letter parked whose record is on its way; sent again, it lands once. Thread-safe.
 */
final class Replayer {

    private static final int IN_FLIGHT = 500;
    private static final int BURSTS_A_SECOND = 20;

    private final LetterArchive archive;
    private final LetterReader letters;
    private final AvroValues values;
    private final Producer<byte[], byte[]> producer;
    private final ActionLog actions;
    private final Claims claims;
    private final InstantSource clock;

    Replayer(
            LetterArchive archive,
            LetterReader letters,
            AvroValues values,
            Producer<byte[], byte[]> producer,
            ActionLog actions,
            Claims claims,
            InstantSource clock) {
        this.archive = archive;
        this.letters = letters;
        this.values = values;
        this.producer = producer;
        this.actions = actions;
        this.claims = claims;
        this.clock = clock;
    }

    /**
     * How letters are to be sent.
     *
     * @param patch a merge patch on the decoded value; empty sends the original bytes
     * @param reason the operator's; null without one
     */
    record Instructions(Optional<JsonNode> patch, int ratePerSecond, String reason) {}

    /**
     * Tries out the instructions and sends nothing.
     *
     * @throws RequestProblem that says which letter cannot be sent and why
     */
    void check(List<Entry> entries, Instructions instructions) {
        archive.read(places(entries), (place, record) -> value(letter(record), instructions.patch()));
    }

    /**
     * Sends a job's letters, in the order in which they were parked in each partition. A record that several components
     * parked is sent once: it reaches all of them.
     */
    void run(Job job, Instructions instructions) {
        var byPlace = new HashMap<Place, Entry>();
        job.selection().entries().forEach(entry -> byPlace.put(entry.place(), entry));
        var inFlight = new InFlight(IN_FLIGHT);
        var sending = new HashMap<String, CompletableFuture<Void>>();
        var partitions = new HashMap<String, Integer>();
        var rate = rate(instructions.ratePerSecond());
        archive.read(places(job.selection().entries()), (place, record) -> {
            var entry = byPlace.get(place);
            if (!claims.take(entry, job.selection().states())) {
                job.skip();
                return;
            }
            inFlight.start(
                    () -> {
                        var letter = letter(record);
                        var sent = sending.get(letter.sourceId());
                        if (sent == null) {
                            var replayed = replayed(letter, instructions.patch(), job.id(), partitions);
                            await(rate);
                            sent = send(replayed);
                            sending.put(letter.sourceId(), sent);
                        }
                        return sent.thenCompose(done -> actions.write(entry.id(), action(job, entry, instructions)));
                    },
                    failure -> {
                        claims.release(entry.id());
                        job.count(entry.id(), failure);
                    });
        });
        inFlight.await();
    }

    private ProducerRecord<byte[], byte[]> replayed(
            Letter letter, Optional<JsonNode> patch, String jobId, Map<String, Integer> partitions) {
        var value = value(letter, patch);
        var count = partitions.computeIfAbsent(letter.heading().source().topic(), topic -> producer.partitionsFor(topic)
                .size());
        return ReplayRecord.of(letter, value, jobId, count);
    }

    /** What is to be sent of a letter. */
    private byte[] value(Letter letter, Optional<JsonNode> patch) {
        if (!ReplayRecord.isPossible(letter)) {
            throw RequestProblem.of(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "source_topic: got '" + letter.heading().source().topic()
                            + "', which takes no replay; takes a topic of the catalogue");
        }
        var original = letter.original().value();
        if (patch.isEmpty()) {
            return original;
        }
        try {
            var written = values.read(original);
            return values.write(
                    original, written.schema(), AvroPatch.apply(written.schema(), written.datum(), patch.get()));
        } catch (UndecodableValue e) {
            throw AvroPatch.problem("patch", "has nothing to change: the value " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("the schema registry does not answer", e);
        }
    }

    private Letter letter(Optional<ConsumerRecord<byte[], byte[]>> record) {
        if (record.isEmpty()) {
            throw RequestProblem.of(HttpStatus.GONE, "is older than reflector.dlq keeps letters");
        }
        try {
            return letters.read(record.get());
        } catch (KeyDestroyed e) {
            throw RequestProblem.of(HttpStatus.GONE, "is of a user who is forgotten");
        } catch (IOException e) {
            throw new UncheckedIOException("the schema registry does not answer", e);
        }
    }

    private CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> record) {
        var sent = new CompletableFuture<Void>();
        producer.send(record, (metadata, failure) -> {
            if (failure == null) {
                sent.complete(null);
            } else {
                sent.completeExceptionally(failure);
            }
        });
        return sent;
    }

    private Action action(Job job, Entry entry, Instructions instructions) {
        return new Action(
                LetterState.REPLAYED,
                job.id(),
                entry.place().partition(),
                entry.place().offset(),
                instructions.patch().isPresent(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                instructions.reason());
    }

    private static List<Place> places(List<Entry> entries) {
        var places = new ArrayList<Place>(entries.size());
        entries.forEach(entry -> places.add(entry.place()));
        return places;
    }

    private static BlockingBucket rate(int perSecond) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(Math.max(1, perSecond / BURSTS_A_SECOND))
                        .refillGreedy(perSecond, Duration.ofSeconds(1)))
                .build()
                .asBlocking();
    }

    private static void await(BlockingBucket rate) {
        try {
            rate.consume(1);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
