package io.memoryreflector.ingest.retries;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.memoryreflector.events.ErrorInfo;
import io.memoryreflector.store.status.RetryPage;
import io.memoryreflector.store.status.WaitingRetry;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * One tier of an interaction that waits for its next attempt.
 *
 * @param attempts made so far
 * @param error the last failure; left out where none is known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RetryAnswer(
        String interactionId,

        @Schema(allowableValues = {"episodic", "semantic", "procedural"})
        String tier,

        String namespace,
        String userId,
        int attempts,
        Instant nextAttemptAt,
        FailureAnswer error) {

    /** Why the last attempt failed. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FailureAnswer(String kind, String errorClass, String message, Instant at) {

        static FailureAnswer of(ErrorInfo error) {
            return new FailureAnswer(error.getKind(), error.getErrorClass(), error.getMessage(), error.getAt());
        }
    }

    /**
     * A page, as the status store was told; an outcome reaches it a moment after it was committed.
     *
     * @param retries earliest due first
     * @param total how many match
     * @param complete false where so much waits that not all of it was looked at; {@code total} is a lower bound then
     * @param nextCursor of the next page; null on the last
     */
    record Page(
            List<RetryAnswer> retries,
            long total,
            boolean complete,
            @Schema(types = {"string", "null"}) String nextCursor) {

        static Page of(RetryPage page) {
            return new Page(
                    page.retries().stream().map(RetryAnswer::of).toList(),
                    page.total(),
                    page.complete(),
                    page.nextCursor().orElse(null));
        }
    }

    static RetryAnswer of(WaitingRetry retry) {
        return new RetryAnswer(
                retry.interactionId(),
                retry.tier().name().toLowerCase(Locale.ROOT),
                retry.user().namespace(),
                retry.user().userId(),
                retry.attempts(),
                retry.dueAt(),
                retry.error().map(FailureAnswer::of).orElse(null));
    }
}
