package io.memoryreflector.ingest.deadletters;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;

/**
 * How far a job is.
 *
 * @param matched letters that it is about
 * @param beyondLimit letters that match as well and were too many for it
 * @param sent letters that Kafka has again, or that are discarded
 * @param failed letters that stay as they were
 * @param skipped letters that something else happened to first
 * @param error the first failure; left out without one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JobAnswer(
        String jobId,

        @Schema(allowableValues = {"replay", "discard"}) String action,

        @Schema(allowableValues = {"running", "done", "failed"})
        String state,

        int matched,
        int beyondLimit,
        int sent,
        int failed,
        int skipped,
        Instant startedAt,
        Instant endedAt,
        String error,
        Map<String, String> links) {

    static JobAnswer of(Job job) {
        // The end is asked for first: counts do not change after it.
        var endedAt = job.endedAt();
        var state = endedAt.isEmpty() ? "running" : job.error().isEmpty() ? "done" : "failed";
        return new JobAnswer(
                job.id(),
                job.target() == LetterState.REPLAYED ? "replay" : "discard",
                state,
                job.selection().size(),
                job.selection().beyondLimit(),
                job.sent(),
                job.failed(),
                job.skipped(),
                job.startedAt(),
                endedAt.orElse(null),
                job.error().orElse(null),
                Map.of("job", "/api/v1/replay-jobs/" + job.id()));
    }
}
