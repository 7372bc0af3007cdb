package io.memoryreflector.ingest.mem0;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.memoryreflector.ingest.problem.FieldProblem;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** A question in mem0's shape. */
@Schema(name = "Mem0SearchRequest")
record SearchRequest(
        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                example = "Where does Ada live?",
                pattern = "\\S",
                maxLength = 8192)
        String query,

        @Schema(description = "Here or in filters", example = "ada", minLength = 1, maxLength = 256)
        String userId,

        @Schema(description = "Only what was learnt in this session", minLength = 1)
        String runId,

        @Schema(description = "user_id and run_id, or AND with a list of them", example = "{\"user_id\": \"ada\"}")
        Map<String, Object> filters,

        @Schema(minimum = "1", maximum = "100", defaultValue = "10")
        Integer topK,

        @JsonAnySetter @Schema(hidden = true) Map<String, Object> others) {

    private static final int DEFAULT = 10;
    private static final int MOST = 100;

    /** What tunes mem0's own ranking, and is no promise of what is left out. */
    private static final List<String> OVERLOOKED = List.of(
            "output_format",
            "version",
            "rerank",
            "threshold",
            "keyword_search",
            "latest_only",
            "show_expired",
            "fields",
            "source");

    /** @throws RequestProblem 400 that names what cannot be */
    Scope scope() {
        if (query == null) {
            throw RequestProblem.parameter("query", "is missing, takes a text");
        }
        return Scope.of(named(userId, runId, others, OVERLOOKED), filters);
    }

    /** @throws RequestProblem 400 where it is out of its bounds */
    int limit() {
        if (topK != null && (topK < 1 || topK > MOST)) {
            throw RequestProblem.invalid(
                    HttpStatus.BAD_REQUEST,
                    List.of(new FieldProblem("top_k", "got " + topK + ", takes a whole number from 1 to " + MOST)));
        }
        return topK == null ? DEFAULT : topK;
    }

    /** What a body says beside its filters of whose memories are meant. */
    static Map<String, Object> named(String userId, String runId, Map<String, Object> others, List<String> overlooked) {
        var named = new HashMap<String, Object>();
        if (others != null) {
            named.putAll(others);
        }
        named.keySet().removeAll(overlooked);
        named.put("user_id", userId);
        named.put("run_id", runId);
        return named;
    }
}
