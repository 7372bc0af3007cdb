package io.memoryreflector.ingest.deadletters;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.memoryreflector.ingest.problem.UnknownFields;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Which letters are to be sent again, and how. */
record ReplayRequest(
        FilterRequest filter,

        @Schema(description = "Only counts what would be sent; true if absent", defaultValue = "true")
        Boolean dryRun,

        @Schema(description = "Letters at most, the oldest", defaultValue = "10000", minimum = "1", maximum = "100000")
        Integer limit,

        @Schema(defaultValue = "1000", minimum = "1", maximum = "100000")
        Integer ratePerSecond,

        @Schema(description = "JSON merge patch (RFC 7386) on the decoded value", type = "object")
        JsonNode patch,

        @Schema(description = "Why, for the record", maxLength = 1_000)
        String reason,

        @JsonAnySetter @Schema(hidden = true) Map<String, Object> unknown) {

    private static final int DEFAULT_RATE = 1_000;
    private static final int MAX_RATE = 100_000;

    boolean isDryRun() {
        return dryRun == null || dryRun;
    }

    /** @throws io.memoryreflector.ingest.problem.RequestProblem 400 that names the field */
    Replayer.Instructions instructions() {
        UnknownFields.refuse("", unknown, "filter, dry_run, limit, rate_per_second, patch or reason");
        var rate = Bounds.integer("rate_per_second", ratePerSecond, DEFAULT_RATE, MAX_RATE);
        return new Replayer.Instructions(AvroPatch.asked(patch), rate, Bounds.reason(reason));
    }

    /** How one letter is to be sent. */
    @Schema(name = "ReplayOne")
    record One(
            @Schema(description = "JSON merge patch (RFC 7386) on the decoded value", type = "object")
            JsonNode patch,

            @Schema(description = "Why, for the record", maxLength = 1_000)
            String reason,

            @JsonAnySetter @Schema(hidden = true) Map<String, Object> unknown) {

        static final One PLAIN = new One(null, null, Map.of());

        Replayer.Instructions instructions() {
            UnknownFields.refuse("", unknown, "patch or reason");
            return new Replayer.Instructions(AvroPatch.asked(patch), MAX_RATE, Bounds.reason(reason));
        }
    }
}
