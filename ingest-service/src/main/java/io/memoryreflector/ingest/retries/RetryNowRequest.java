package io.memoryreflector.ingest.retries;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;

/** What is to be attempted now: one interaction, or all that match. */
record RetryNowRequest(
        @Schema(description = "Alone, without the others") String interactionId,

        @Schema(allowableValues = {"episodic", "semantic", "procedural"})
        String tier,

        String userId,
        String namespace,

        @Schema(description = "Earliest due first", defaultValue = "1000", minimum = "1", maximum = "10000")
        Integer limit,

        @JsonAnySetter @Schema(hidden = true) Map<String, Object> unknown) {}
