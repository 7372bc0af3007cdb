package io.memoryreflector.ingest.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.memoryreflector.events.ErrorInfo;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.TierStatus;
import io.memoryreflector.store.status.InteractionStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What became of one interaction.
 *
 * @param status {@code queued}, {@code retrying}, {@code completed}, {@code partial},
 *     {@code failed}, or {@code skipped} where nothing was to be reflected
 * @param tiers by the tier's name; empty until the reflector has seen the interaction
 * @param timeline what is known to have happened, oldest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StatusAnswer(
        String interactionId,
        String namespace,
        String userId,

        @Schema(allowableValues = {"queued", "retrying", "completed", "partial", "failed", "skipped"})
        String status,

        Instant receivedAt,
        Instant updatedAt,
        Map<String, TierAnswer> tiers,
        List<Step> timeline) {

    /** What became of one tier. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TierAnswer(
            String state,
            int attempts,
            Instant nextAttemptAt,
            List<String> memoryIds,
            ErrorAnswer error,
            ReflectorAnswer reflector,
            Long tookMs,
            Instant updatedAt) {}

    /** The last failure. */
    public record ErrorAnswer(String kind, String errorClass, String message, Instant at) {}

    /** What reflected. */
    public record ReflectorAnswer(String name, String version, String model) {}

    /** One event of the timeline. */
    public record Step(Instant at, String event) {}

    static StatusAnswer of(InteractionStatus status) {
        var tiers = new LinkedHashMap<String, TierAnswer>();
        var timeline = new ArrayList<Step>();
        status.receivedAt().ifPresent(at -> timeline.add(new Step(at, "received")));
        for (var tier : status.tiers()) {
            var name = lower(tier.getTier());
            tiers.put(name, tier(tier));
            timeline.add(new Step(tier.getUpdatedAt(), name + " " + lower(tier.getState())));
        }
        timeline.sort(Comparator.comparing(Step::at));
        return new StatusAnswer(
                status.interactionId(),
                status.user().namespace(),
                status.user().userId(),
                lower(status.state()),
                status.receivedAt().orElse(null),
                status.updatedAt().orElse(null),
                tiers,
                timeline);
    }

    private static TierAnswer tier(TierStatus tier) {
        return new TierAnswer(
                lower(tier.getState()),
                tier.getAttempts(),
                tier.getNextAttemptAt(),
                tier.getMemoryIds(),
                error(tier.getError()),
                reflector(tier.getReflector()),
                tier.getTookMs(),
                tier.getUpdatedAt());
    }

    private static ErrorAnswer error(ErrorInfo error) {
        return error == null
                ? null
                : new ErrorAnswer(error.getKind(), error.getErrorClass(), error.getMessage(), error.getAt());
    }

    private static ReflectorAnswer reflector(ReflectorVersion version) {
        return version == null
                ? null
                : new ReflectorAnswer(version.getName(), version.getVersion(), version.getModel());
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
