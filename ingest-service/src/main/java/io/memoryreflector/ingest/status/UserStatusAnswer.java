package io.memoryreflector.ingest.status;

import io.memoryreflector.store.status.UserStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** Counts of a user's interactions by state. */
public record UserStatusAnswer(
        long received,
        long completed,
        long partial,
        long failed,
        long skipped,
        long pending,

        @Schema(
                types = {"string", "null"},
                format = "date-time")
        Instant lastInteractionAt) {

    static UserStatusAnswer of(UserStatus status) {
        return new UserStatusAnswer(
                status.received(),
                status.completed(),
                status.partial(),
                status.failed(),
                status.skipped(),
                status.pending(),
                status.lastInteractionAt().orElse(null));
    }
}
