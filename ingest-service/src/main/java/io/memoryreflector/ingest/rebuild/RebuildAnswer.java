package io.memoryreflector.ingest.rebuild;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * How far a rebuild is.
 *
 * @param recordsRefused records that nobody can read or write
 * @param remainingSeconds a guess from how fast it went; left out where nobody knows
 * @param error what it failed of; left out without one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RebuildAnswer(
        String rebuildId,

        @Schema(allowableValues = {"neo4j", "redis"}) String target,

        @Schema(allowableValues = {"running", "done", "failed"})
        String state,

        @Schema(allowableValues = {"clearing", "reading", "switched", "dropping", "done", "failed"})
        String phase,

        long recordsRead,
        long recordsTotal,
        long recordsRefused,
        Instant startedAt,
        Instant endedAt,
        Long remainingSeconds,
        String error,
        Map<String, String> links) {

    static RebuildAnswer of(Rebuild rebuild, Instant now) {
        var phase = rebuild.phase();
        return new RebuildAnswer(
                rebuild.id(),
                rebuild.target().text(),
                phase.isOver() ? phase.name().toLowerCase(Locale.ROOT) : "running",
                phase.name().toLowerCase(Locale.ROOT),
                rebuild.done(),
                rebuild.total(),
                rebuild.refused(),
                rebuild.startedAt(),
                rebuild.endedAt().orElse(null),
                remaining(rebuild, now),
                rebuild.error().orElse(null),
                Map.of("rebuild", "/api/v1/rebuilds/" + rebuild.id()));
    }

    private static Long remaining(Rebuild rebuild, Instant now) {
        if (rebuild.phase() != Rebuild.Phase.READING || rebuild.done() == 0) {
            return null;
        }
        var took = Duration.between(rebuild.startedAt(), now).toMillis();
        return Math.round(took / 1_000.0 / rebuild.done() * (rebuild.total() - rebuild.done()));
    }
}
