package io.memoryreflector.ingest.status;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param status {@code queued}, {@code retrying}, {@code completed}, {@code partial} or {@code failed}
 * @param tiers by the tier's name; empty until the reflector has seen the interaction
 * @param timeline what is known to have happened, oldest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StatusAnswer(
        String interactionId,
        String namespace,
        String userId,
        String sessionId,

        @Schema(allowableValues = {"queued", "retrying", "completed", "partial", "failed"})
        String status,

        Instant occurredAt,
        Instant receivedAt,
        Instant updatedAt,
        Map<String, TierAnswer> tiers,
        List<Step> timeline) {

    /** What became of one tier. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TierAnswer(
            String state,
            int attempts,
            Instant nextAttemptAt,
            List<String> memoryIds,
            ErrorAnswer error,
            ReflectorAnswer reflector,
            Long tookMs,
            Instant updatedAt) {}

    /** The last failure. */
    record ErrorAnswer(String kind, String errorClass, String message, Instant at) {}

    /** What reflected. */
    record ReflectorAnswer(String name, String version, String model) {}

    /** One event of the timeline. */
    record Step(Instant at, String event) {}

    static StatusAnswer of(InteractionStatus status) {
        var tiers = new LinkedHashMap<String, TierAnswer>();
        var timeline = new ArrayList<Step>();
        if (status.receivedAt() != null) {
            timeline.add(new Step(status.receivedAt(), "received"));
        }
        for (var tier : status.tiers()) {
            var name = lower(tier.tier());
            tiers.put(name, tier(tier));
            if (tier.updatedAt() != null) {
                timeline.add(new Step(tier.updatedAt(), name + " " + lower(tier.state())));
            }
        }
        timeline.sort(Comparator.comparing(Step::at));
        return new StatusAnswer(
                status.interactionId(),
                status.user().namespace(),
                status.user().userId(),
                status.sessionId(),
                lower(status.state()),
                status.occurredAt(),
                status.receivedAt(),
                status.updatedAt(),
                tiers,
                timeline);
    }

    private static TierAnswer tier(InteractionStatus.TierState tier) {
        return new TierAnswer(
                lower(tier.state()),
                tier.attempts(),
                tier.nextAttemptAt(),
                tier.memoryIds(),
                error(tier.error()),
                reflector(tier.reflector()),
                tier.tookMs(),
                tier.updatedAt());
    }

    private static ErrorAnswer error(InteractionStatus.Failure error) {
        return error == null ? null : new ErrorAnswer(error.kind(), error.errorClass(), error.message(), error.at());
    }

    private static ReflectorAnswer reflector(InteractionStatus.ReflectedBy reflector) {
        return reflector == null ? null : new ReflectorAnswer(reflector.name(), reflector.version(), reflector.model());
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
