package io.memoryreflector.ingest.mem0;

import io.memoryreflector.ingest.interactions.InteractionRequest;
import io.memoryreflector.ingest.interactions.MessageRequest;
import io.memoryreflector.ingest.problem.FieldProblem;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.schemas.InteractionLimits;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** What was said, in mem0's shape. What only mem0's own extraction could heed is overlooked. */
@Schema(name = "Mem0AddRequest")
record AddRequest(
        @ArraySchema(
                arraySchema =
                        @Schema(description = "What was said, in order", requiredMode = Schema.RequiredMode.REQUIRED),
                minItems = 1,
                maxItems = 200)
        List<Spoken> messages,

        @Schema(
                description = "Whose memory it is: any text up to 256 bytes",
                example = "ada",
                minLength = 1,
                maxLength = 256,
                requiredMode = Schema.RequiredMode.REQUIRED)
        String userId,

        @Schema(description = "Kept in the interaction's metadata")
        String agentId,

        @Schema(description = "Kept in the interaction's metadata")
        String appId,

        @Schema(description = "The session", minLength = 1, maxLength = 256)
        String runId,

        Map<String, Object> metadata,

        @Schema(
                description = "When it was said, in seconds since 1970; now if absent",
                minimum = "-2208988800",
                maximum = "7258118400")
        Long timestamp,

        @Schema(description = "true or absent: everything is reflected")
        Boolean infer,

        @Schema(hidden = true, description = "Absent: memories stay until they are forgotten")
        String expirationDate) {

    /** One utterance. */
    @Schema(name = "Mem0Message")
    record Spoken(
            @Schema(
                    allowableValues = {"user", "assistant", "system", "tool"},
                    requiredMode = Schema.RequiredMode.REQUIRED)
            String role,

            @Schema(pattern = "\\S", requiredMode = Schema.RequiredMode.REQUIRED)
            String content,

            @Schema(maxLength = 1024) String name) {}

    /**
     * The same as an interaction.
     *
     * @throws RequestProblem 422 on what cannot be kept as it was meant
     */
    InteractionRequest interaction() {
        var problems = new ArrayList<FieldProblem>();
        if (Boolean.FALSE.equals(infer)) {
            problems.add(
                    new FieldProblem("infer", "got false, takes true: what is said is reflected, not stored as it is"));
        }
        if (expirationDate != null) {
            problems.add(new FieldProblem("expiration_date", "is not kept, takes none: forget what has expired"));
        }
        var at = time(problems);
        if (!problems.isEmpty()) {
            throw RequestProblem.invalid(HttpStatus.UNPROCESSABLE_CONTENT, problems);
        }
        return new InteractionRequest(
                userId, runId, null, null, said(), null, null, null, at, null, null, everything());
    }

    private List<MessageRequest> said() {
        if (messages == null) {
            return null;
        }
        var said = new ArrayList<MessageRequest>(messages.size());
        for (var message : messages) {
            said.add(
                    message == null
                            ? null
                            : new MessageRequest(null, message.role, message.name, message.content, null));
        }
        return said;
    }

    private String time(List<FieldProblem> problems) {
        if (timestamp == null) {
            return null;
        }
        if (timestamp < InteractionLimits.EARLIEST.getEpochSecond()
                || timestamp > InteractionLimits.LATEST.getEpochSecond()) {
            problems.add(new FieldProblem(
                    "timestamp",
                    "got " + timestamp + ", takes seconds since 1970, from " + InteractionLimits.EARLIEST + " to "
                            + InteractionLimits.LATEST));
            return null;
        }
        return Instant.ofEpochSecond(timestamp).toString();
    }

    private Map<String, Object> everything() {
        var all = new LinkedHashMap<String, Object>();
        if (metadata != null) {
            all.putAll(metadata);
        }
        if (agentId != null) {
            all.put("agent_id", agentId);
        }
        if (appId != null) {
            all.put("app_id", appId);
        }
        return all;
    }
}
