package io.memoryreflector.ingest.seeds;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;

/** A transcript as a caller sends it. */
record StoreRawRequest(
        @Schema(
                description = "The conversation: a line that begins with a name and a colon begins a turn.",
                example = "User: I moved to Lisbon last week.\nAssistant: How is it?",
                pattern = "\\S",
                requiredMode = Schema.RequiredMode.REQUIRED)
        String sessionData,

        @Schema(
                description = "The conversation it belongs to; one of its own if absent.",
                example = "s1",
                maxLength = 256)
        String sessionId,

        @Schema(
                description = "user_id says whose memory it is, else it is the namespace's own; the rest is kept with"
                        + " every interaction.",
                example = "{\"user_id\": \"ada\"}")
        Map<String, Object> metadata) {}
