package io.memoryreflector.ingest.amendments;

import io.memoryreflector.events.MemoryAmended;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.springframework.web.util.UriUtils;

/**
 * That a memory is being changed.
 *
 * @param status the stores follow within seconds
 */
record AmendmentAnswer(
        @Schema(allowableValues = {"releasing", "holding"}) String status,

        String amendmentId,
        String memoryId,
        Instant amendedAt,
        Links links) {

    /** @param memory where the change is to be seen */
    @Schema(name = "AmendmentLinks")
    record Links(String memory) {}

    static AmendmentAnswer of(String status, MemoryAmended amendment) {
        return new AmendmentAnswer(
                status,
                amendment.getAmendmentId(),
                amendment.getMemoryId(),
                amendment.getAmendedAt(),
                new Links("/api/v1/memories/" + UriUtils.encode(amendment.getMemoryId(), StandardCharsets.UTF_8)));
    }
}
