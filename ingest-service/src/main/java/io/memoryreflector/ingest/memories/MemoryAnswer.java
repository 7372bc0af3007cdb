package io.memoryreflector.ingest.memories;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.longterm.Amendments;
import io.memoryreflector.store.longterm.FactTimeline;
import io.memoryreflector.store.longterm.Memory;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One memory with its provenance; what its tier does not have is left out. With a quarantine it is not recalled. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record MemoryAnswer(
        String memoryId,
        String namespace,
        String userId,
        String tier,
        String text,
        String sessionId,
        Instant occurredAt,
        Instant recordedAt,
        Instant validFrom,
        Instant validTo,
        List<Source> sources,

        @Schema(description = "By which entrance what it rests on came.", example = "rest")
        String source,

        @Schema(
                description = "By that entrance.",
                allowableValues = {"high", "medium", "low"})
        String trust,

        String reflector,
        double confidence,
        double importance,
        String quarantine,
        Instant amendedAt,
        History history,

        @Schema(
                description =
                        "Of one fact that is asked for: what was true of the same before and after, oldest first.")
        List<Version> timeline) {

    /**
     * A message that it rests on.
     *
     * @param cleanedAt when its text was cleaned, having been kept for long enough; told of one memory that is asked for
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Source(String interactionId, String messageId, Instant cleanedAt) {}

    /**
     * What was changed after it was made.
     *
     * @param text as it was made
     * @param changes oldest first
     */
    record History(String text, List<Change> changes) {}

    /** One change; what it left as it was is left out. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Change(String amendmentId, Instant amendedAt, String text, Boolean released, String reason) {

        static Change of(Amendments.Amendment amendment) {
            return new Change(
                    amendment.amendmentId(),
                    amendment.amendedAt(),
                    amendment.text().orElse(null),
                    amendment.released().orElse(null),
                    amendment.reason().orElse(null));
        }
    }

    /**
     * One fact of a timeline.
     *
     * @param validTo absent while it holds
     * @param recordedAt when it was learned
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Version(String memoryId, String text, Instant validFrom, Instant validTo, Instant recordedAt) {

        static Version of(FactTimeline.Version version) {
            return new Version(
                    version.memoryId(),
                    version.text(),
                    version.validFrom(),
                    version.validTo().orElse(null),
                    version.recordedAt());
        }
    }

    /** The same with its history and its timeline, if there are any. */
    MemoryAnswer with(Optional<Amendments.History> known, List<FactTimeline.Version> versions) {
        return new MemoryAnswer(
                memoryId,
                namespace,
                userId,
                tier,
                text,
                sessionId,
                occurredAt,
                recordedAt,
                validFrom,
                validTo,
                sources,
                source,
                trust,
                reflector,
                confidence,
                importance,
                quarantine,
                amendedAt,
                known.filter(past -> !past.changes().isEmpty())
                        .map(past -> new History(
                                past.text(),
                                past.changes().stream().map(Change::of).toList()))
                        .orElse(null),
                versions.isEmpty() ? null : versions.stream().map(Version::of).toList());
    }

    static MemoryAnswer of(UserKey user, Memory memory) {
        return of(user, memory, Map.of());
    }

    /** @param cleaned interactions whose text was cleaned, and when */
    static MemoryAnswer of(UserKey user, Memory memory, Map<String, Instant> cleaned) {
        return new MemoryAnswer(
                memory.memoryId(),
                user.namespace(),
                user.userId(),
                memory.tier().name().toLowerCase(Locale.ROOT),
                memory.text(),
                memory.sessionId().orElse(null),
                memory.occurredAt(),
                memory.recordedAt(),
                memory.validFrom().orElse(null),
                memory.validTo().orElse(null),
                memory.sources().stream()
                        .map(source -> new Source(
                                source.getInteractionId(),
                                source.getMessageId(),
                                cleaned.get(source.getInteractionId())))
                        .toList(),
                memory.source().name().toLowerCase(Locale.ROOT),
                memory.trust().name().toLowerCase(Locale.ROOT),
                memory.reflector(),
                memory.confidence(),
                memory.importance(),
                memory.quarantine().orElse(null),
                memory.amendedAt().orElse(null),
                null,
                null);
    }
}
