package io.memoryreflector.ingest.deadletters;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;

/** A dead letter as a list shows it; what is not known is left out. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LetterSummary(
        String id,

        @Schema(allowableValues = {"parked", "replayed", "discarded"})
        String state,

        String sourceTopic,
        int sourcePartition,
        long sourceOffset,

        @Schema(allowableValues = {"episodic", "semantic", "procedural"})
        String tier,

        String namespace,
        String userId,
        String interactionId,

        @Schema(allowableValues = {"exhausted", "permanent", "poison", "refused", "unreadable"})
        String reason,

        String errorClass,
        String message,
        int attempts,
        Instant firstFailureAt,
        Instant lastFailureAt,
        Instant parkedAt,
        int timesParked,
        String component) {

    static LetterSummary of(Entry entry) {
        var heading = entry.heading();
        var subject = heading.subject();
        var failure = heading.failure();
        return new LetterSummary(
                heading.id(),
                entry.state().name().toLowerCase(Locale.ROOT),
                heading.source().topic(),
                heading.source().partition(),
                heading.source().offset(),
                subject.tier() == null ? null : subject.tier().name().toLowerCase(Locale.ROOT),
                subject.namespace(),
                subject.userId(),
                subject.interactionId(),
                failure.reason(),
                failure.errorClass(),
                failure.message(),
                failure.attempts(),
                entry.firstFailureAt(),
                failure.lastAt(),
                heading.place().parkedAt(),
                entry.timesParked(),
                heading.component());
    }
}
