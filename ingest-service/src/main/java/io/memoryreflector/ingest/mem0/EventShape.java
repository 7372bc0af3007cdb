package io.memoryreflector.ingest.mem0;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.memoryreflector.ingest.status.StatusAnswer;
import io.memoryreflector.store.longterm.LongTermMemory;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What became of an interaction, in mem0's shape.
 *
 * @param id the interaction's
 * @param results what was learnt, once it can be recalled
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Mem0Event")
record EventShape(
        String id,
        String eventType,

        @Schema(allowableValues = {"PENDING", "RUNNING", "SUCCEEDED", "FAILED"})
        String status,

        List<Result> results,
        Instant createdAt,
        Instant updatedAt) {

    /** One memory. */
    @Schema(name = "Mem0EventResult")
    record Result(String id, String event, String memory, Map<String, String> data) {

        static Result of(LongTermMemory.Owned owned) {
            var text = owned.memory().text();
            return new Result(owned.memory().memoryId(), "ADD", text, Map.of("memory", text));
        }
    }

    static EventShape of(StatusAnswer status, List<LongTermMemory.Owned> learnt) {
        return new EventShape(
                status.interactionId(),
                "ADD",
                name(status.status()),
                learnt.stream().map(Result::of).toList(),
                status.receivedAt(),
                status.updatedAt());
    }

    /** A part that was learnt is learnt; what failed of it is in the service's own status. */
    private static String name(String status) {
        return switch (status) {
            case "completed", "partial", "skipped" -> "SUCCEEDED";
            case "failed" -> "FAILED";
            case "retrying" -> "RUNNING";
            default -> "PENDING";
        };
    }
}
