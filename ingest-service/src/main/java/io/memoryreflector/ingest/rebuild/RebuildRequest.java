package io.memoryreflector.ingest.rebuild;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.ingest.problem.UnknownFields;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;

/** What is to be built anew. */
record RebuildRequest(
        @Schema(
                allowableValues = {"neo4j", "redis"},
                requiredMode = Schema.RequiredMode.REQUIRED)
        String target,

        @JsonAnySetter @Schema(hidden = true) Map<String, Object> unknown) {

    /** @throws RequestProblem 400 that names the field */
    Target checked() {
        UnknownFields.refuse("", unknown, "target");
        return Target.of(target);
    }
}
