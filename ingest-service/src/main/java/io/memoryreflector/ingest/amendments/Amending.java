package io.memoryreflector.ingest.amendments;

import io.memoryreflector.events.Embedding;
import io.memoryreflector.events.MemoryAmended;
import io.memoryreflector.ingest.log.EventLog;
import io.memoryreflector.ingest.problem.FieldProblem;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.reflection.embedding.Embedder;
import io.memoryreflector.schemas.Ids;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.Vectors;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.store.longterm.LongTermMemory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Has a memory changed. Who asks must be allowed to: that is the caller's to check. Thread-safe. */
@Component
public final class Amending {

    /** Longest new wording, in bytes of UTF-8. */
    public static final int MAX_TEXT_BYTES = 16 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Amending.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final EventLog log;
    private final Embedder embedder;
    private final InstantSource clock;

    Amending(EventLog log, Embedder embedder, InstantSource clock) {
        this.log = log;
        this.embedder = embedder;
        this.clock = clock;
    }

    /**
     * Puts a memory in other words. Returns once the log has it; the long term follows within seconds.
     *
     * @param reason null without one
     * @throws RequestProblem 422 on a text that is none, or too long, 503 if Kafka or the endpoint of the vectors does
     *     not answer
     */
    public MemoryAmended reword(LongTermMemory.Owned memory, String text, String reason) {
        check(text);
        return written(amended(memory, reason)
                .setText(text)
                .setEmbedding(new Embedding(embedder.model(), Vectors.toBytes(vector(text))))
                .build());
    }

    /**
     * Takes a memory out of quarantine, so that it is recalled, or puts it in. Returns once the log has it.
     *
     * @param reason null without one
     * @throws RequestProblem 503 if Kafka does not answer
     */
    public MemoryAmended judge(LongTermMemory.Owned memory, boolean released, String reason) {
        return written(amended(memory, reason).setReleased(released).build());
    }

    private static void check(String text) {
        var bytes = text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
        String wrong = null;
        if (text == null) {
            wrong = "is missing";
        } else if (text.isBlank()) {
            wrong = "is blank";
        } else if (bytes > MAX_TEXT_BYTES) {
            wrong = "got " + bytes + " bytes";
        } else if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            wrong = "holds half of a surrogate pair";
        }
        if (wrong != null) {
            var message = wrong + ", takes a text of up to " + MAX_TEXT_BYTES + " bytes";
            throw RequestProblem.invalid(HttpStatus.UNPROCESSABLE_CONTENT, List.of(new FieldProblem("text", message)));
        }
    }

    private MemoryAmended.Builder amended(LongTermMemory.Owned owned, String reason) {
        var memory = owned.memory();
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return MemoryAmended.newBuilder()
                .setAmendmentId(Ids.timeOrdered(now))
                .setNamespace(owned.user().namespace())
                .setUserId(owned.user().userId())
                .setMemoryId(memory.memoryId())
                .setTier(memory.tier())
                .setSessionId(memory.sessionId().orElse(null))
                .setSource(owned.memory().source())
                .setSources(memory.sources())
                .setRecordedAt(memory.recordedAt())
                .setReason(reason)
                .setAmendedAt(now);
    }

    private MemoryAmended written(MemoryAmended amendment) {
        log.write(
                Topics.AMENDMENTS,
                new UserKey(amendment.getNamespace(), amendment.getUserId()),
                amendment.getAmendedAt(),
                amendment);
        return amendment;
    }

    /** A memory without a vector is found by its words alone, for good: better that the caller asks again. */
    private float[] vector(String text) {
        try {
            return embedder.embed(text);
        } catch (RuntimeException e) {
            LOG.warn("no vector of a new wording from {}: {}", embedder.model(), e.toString());
            throw RequestProblem.unavailable(
                    "The vector of the text could not be had, so nothing was changed. Ask again.", RETRY_AFTER);
        }
    }
}
