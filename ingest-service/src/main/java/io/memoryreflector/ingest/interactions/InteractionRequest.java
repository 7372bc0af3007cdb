package io.memoryreflector.ingest.interactions;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;

/** An interaction as a caller sends it; checked by {@link InteractionMapping}. Unknown fields are ignored. */
@Schema(description = "One exchange: messages, or user_message (or content) with assistant_response.")
public record InteractionRequest(
        @Schema(
                description = "Whose memory it is: any text up to 256 bytes.",
                example = "ada",
                minLength = 1,
                maxLength = 256,
                requiredMode = Schema.RequiredMode.REQUIRED)
        String userId,

        @Schema(description = "The conversation it belongs to.", example = "s1", minLength = 1, maxLength = 256)
        String sessionId,

        @Schema(description = "Separates tenants.", defaultValue = "default", pattern = "^[a-z0-9._-]{1,64}$")
        String namespace,

        @Schema(
                description = "The same id again is the same interaction; a UUIDv7 is made if absent.",
                minLength = 1,
                maxLength = 256)
        String interactionId,

        @ArraySchema(arraySchema = @Schema(description = "What was said, in order."), minItems = 1, maxItems = 200)
        List<MessageRequest> messages,

        @Schema(description = "In the place of messages: what the user said.", pattern = "\\S")
        String userMessage,

        @Schema(description = "Another name of user_message.", pattern = "\\S")
        String content,

        @Schema(description = "In the place of messages: what the assistant answered.", pattern = "\\S")
        String assistantResponse,

        @Schema(description = "When it took place; the last message's sent_at, else now.", format = "date-time")
        String occurredAt,

        @Schema(
                description = "How soon it is reflected when work waits.",
                allowableValues = {"low", "normal", "high", "urgent"})
        String priority,

        @Schema(description = "The caller's own grouping.", example = "chat", maxLength = 1024)
        String category,

        @Schema(description = "The caller's own entries; values that are no text are kept as their JSON.")
        Map<String, Object> metadata) {

    InteractionRequest in(String otherNamespace) {
        return new InteractionRequest(
                userId,
                sessionId,
                otherNamespace,
                interactionId,
                messages,
                userMessage,
                content,
                assistantResponse,
                occurredAt,
                priority,
                category,
                metadata);
    }
}
