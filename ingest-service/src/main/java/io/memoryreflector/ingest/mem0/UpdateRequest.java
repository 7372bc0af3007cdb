package io.memoryreflector.ingest.mem0;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.ingest.problem.UnknownFields;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;

/** A new wording, in mem0's shape. */
@Schema(name = "Mem0UpdateRequest")
record UpdateRequest(
        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                example = "Ada lives in Faro.",
                pattern = "\\S",
                maxLength = 16 * 1024)
        String text,

        @JsonAnySetter @Schema(hidden = true) Map<String, Object> others) {

    /** @throws RequestProblem 400 on what a memory does not keep */
    String checked() {
        UnknownFields.refuse("", others, "text: a memory keeps no metadata, time or expiry that could be set");
        return text;
    }
}
