package io.memoryreflector.ingest.interactions;

import io.swagger.v3.oas.annotations.media.Schema;

/** One message as a caller sends it; checked by {@link InteractionMapping}. */
@Schema(description = "One utterance.")
public record MessageRequest(
        @Schema(
                description = "The caller's own id; made from the interaction's id and the position if absent.",
                minLength = 1,
                maxLength = 256)
        String messageId,

        @Schema(
                description = "Who speaks.",
                allowableValues = {"user", "assistant", "system", "tool"},
                requiredMode = Schema.RequiredMode.REQUIRED)
        String role,

        @Schema(description = "The speaker's name.", example = "Ada", maxLength = 1024)
        String author,

        @Schema(
                description = "What was said.",
                example = "I moved to Lisbon last week.",
                pattern = "\\S",
                requiredMode = Schema.RequiredMode.REQUIRED)
        String content,

        @Schema(description = "When it was said; occurred_at if absent.", format = "date-time")
        String sentAt) {}
