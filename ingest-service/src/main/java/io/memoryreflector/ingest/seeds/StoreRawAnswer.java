package io.memoryreflector.ingest.seeds;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** That a transcript is in. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record StoreRawAnswer(
        @Schema(description = "Whether all of it is in.") boolean success,

        @Schema(description = "To ask processing_status with.")
        String rawMemoryId,

        String sessionId,
        Instant queuedAt,

        @Schema(
                description = "Seconds until all of it is reflected; null until anything ever was.",
                types = {"number", "null"})
        Double estimatedProcessingTime,

        @Schema(description = "Interactions of anybody that wait before it.")
        long queuePosition,

        @Schema(description = "How many interactions it became.")
        int interactions,

        @Schema(description = "How many of them could not be taken: send it again with the same Idempotency-Key.")
        int rejected) {}
