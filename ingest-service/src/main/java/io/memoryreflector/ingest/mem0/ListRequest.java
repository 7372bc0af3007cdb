package io.memoryreflector.ingest.mem0;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;

/** Which memories are to be listed, in mem0's shape. */
@Schema(name = "Mem0ListRequest")
record ListRequest(
        @Schema(description = "Here or in filters", example = "ada", minLength = 1, maxLength = 256)
        String userId,

        @Schema(description = "Only what was learnt in this session", minLength = 1)
        String runId,

        @Schema(description = "user_id and run_id, or AND with a list of them", example = "{\"user_id\": \"ada\"}")
        Map<String, Object> filters,

        @JsonAnySetter @Schema(hidden = true) Map<String, Object> others) {

    /** What is listed is the latest and has not expired. */
    private static final List<String> OVERLOOKED = List.of("output_format", "version", "latest_only", "show_expired");

    /** @throws io.memoryreflector.ingest.problem.RequestProblem 400 that names what cannot be */
    Scope scope() {
        return Scope.of(SearchRequest.named(userId, runId, others, OVERLOOKED), filters);
    }
}
