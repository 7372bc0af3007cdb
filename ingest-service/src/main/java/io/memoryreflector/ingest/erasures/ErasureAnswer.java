package io.memoryreflector.ingest.erasures;

import io.memoryreflector.events.UserForgotten;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * That something is being forgotten.
 *
 * @param erasedAt all that was handed over up to here goes; what comes later lives
 */
record ErasureAnswer(
        @Schema(allowableValues = "forgetting") String status, String erasureId, Instant erasedAt, Links links) {

    /** @param status what is left of the user, by counts */
    record Links(String status) {}

    static ErasureAnswer of(UserForgotten erasure) {
        var status = UriComponentsBuilder.fromPath("/api/v1/users/{user}/status")
                .queryParam("namespace", "{namespace}")
                .encode()
                .buildAndExpand(erasure.getUserId(), erasure.getNamespace())
                .toUriString();
        return new ErasureAnswer("forgetting", erasure.getErasureId(), erasure.getErasedAt(), new Links(status));
    }
}
