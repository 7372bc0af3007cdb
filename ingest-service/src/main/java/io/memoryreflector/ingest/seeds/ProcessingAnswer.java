package io.memoryreflector.ingest.seeds;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.memoryreflector.store.status.Totals;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * How far reflection is with a namespace, or with one transcript.
 *
 * @param status {@code empty} where there is nothing, {@code completed} where nothing waits
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProcessingAnswer(
        String vectorstoreName,
        String rawMemoryId,

        @Schema(allowableValues = {"empty", "processing", "completed"})
        String status,

        long total,
        long pending,
        long completed,
        long partial,
        long failed,
        long skipped,

        @Schema(description = "From 0 to 1, of those that are done; absent where none is.")
        Double successRate,

        @Schema(description = "Interactions of anybody that wait.")
        long queuePosition,

        @Schema(description = "Seconds until all that wait now are reflected; absent until anything ever was.")
        Double estimatedProcessingTime) {

    static ProcessingAnswer of(String namespace, RawMemoryId id, Totals totals, long waiting, Double estimate) {
        var total = id == null ? totals.received() : id.interactions();
        var pending = Math.max(0, total - totals.done());
        return new ProcessingAnswer(
                namespace,
                id == null ? null : id.toString(),
                total == 0 ? "empty" : pending > 0 ? "processing" : "completed",
                total,
                pending,
                totals.completed(),
                totals.partial(),
                totals.failed(),
                totals.skipped(),
                successRate(totals),
                waiting,
                estimate);
    }

    /** Of what was to be reflected, how much is wholly; null where nothing was. */
    static Double successRate(Totals totals) {
        var ended = totals.completed() + totals.partial() + totals.failed();
        return ended == 0 ? null : (double) totals.completed() / ended;
    }
}
