package io.memoryreflector.ingest.deadletters;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.memoryreflector.ingest.problem.UnknownFields;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;

/** Which letters are to be put aside. */
record DiscardRequest(
        FilterRequest filter,

        @Schema(description = "Only counts what would be discarded; true if absent", defaultValue = "true")
        Boolean dryRun,

        @Schema(description = "Letters at most, the oldest", defaultValue = "10000", minimum = "1", maximum = "100000")
        Integer limit,

        @Schema(description = "Why, for the record", maxLength = 1_000)
        String reason,

        @JsonAnySetter @Schema(hidden = true) Map<String, Object> unknown) {

    boolean isDryRun() {
        return dryRun == null || dryRun;
    }

    /** @throws io.memoryreflector.ingest.problem.RequestProblem 400 that names the field */
    String checkedReason() {
        UnknownFields.refuse("", unknown, "filter, dry_run, limit or reason");
        return Bounds.reason(reason);
    }

    /** Why one letter is to be put aside. */
    @Schema(name = "DiscardOne")
    record One(
            @Schema(description = "Why, for the record", maxLength = 1_000)
            String reason,

            @JsonAnySetter @Schema(hidden = true) Map<String, Object> unknown) {

        static final One PLAIN = new One(null, Map.of());

        String checkedReason() {
            UnknownFields.refuse("", unknown, "reason");
            return Bounds.reason(reason);
        }
    }
}
