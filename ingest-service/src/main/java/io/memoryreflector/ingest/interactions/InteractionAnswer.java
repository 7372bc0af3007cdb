package io.memoryreflector.ingest.interactions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.store.status.InteractionStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.util.UriUtils;

/**
 * What the caller is told of an interaction that is in.
 *
 * @param status {@code queued_reflection}, {@code spooled} where it waits on disk for Kafka, or {@code duplicate} where the log
 *     has had it already; for who waits what became of it, or {@code timeout}
 * @param interactionId the id to ask for it by
 * @param reflectionJobId the reflection's id; one interaction is one job, so it is the interaction's
 * @param shortTermId the id under which tier 1 keeps it, which is the interaction's
 * @param timestamp when it was received
 * @param priority as the caller set it; absent where the intake chooses
 * @param memoryIds for who waited, by tier
 * @param links where to go from here
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InteractionAnswer(
        @Schema(
                allowableValues = {
                    "queued_reflection",
                    "spooled",
                    "duplicate",
                    "completed",
                    "partial",
                    "failed",
                    "skipped",
                    "timeout"
                })
        String status,

        String interactionId,
        String reflectionJobId,
        String shortTermId,
        Instant timestamp,
        String priority,
        Map<String, List<String>> memoryIds,
        Links links) {

    private static final String TIMEOUT = "timeout";

    /** @param status address of the interaction's status */
    public record Links(String status) {}

    /** The same, with what became of it; empty is that nobody knows yet. */
    InteractionAnswer reflected(Optional<InteractionStatus> outcome) {
        var memories = new LinkedHashMap<String, List<String>>();
        outcome.ifPresent(known ->
                known.tiers().forEach(tier -> memories.put(lower(tier.getTier()), List.copyOf(tier.getMemoryIds()))));
        return new InteractionAnswer(
                outcome.map(known -> lower(known.state())).orElse(TIMEOUT),
                interactionId,
                reflectionJobId,
                shortTermId,
                timestamp,
                priority,
                outcome.isPresent() ? memories : null,
                links);
    }

    /** Whether there is nothing more to come. */
    boolean isFinal() {
        return memoryIds != null;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static InteractionAnswer of(String status, Interaction interaction, Instant timestamp) {
        var id = interaction.getInteractionId();
        var priority = interaction.getPriority();
        return new InteractionAnswer(
                status,
                id,
                id,
                id,
                timestamp,
                priority == null ? null : lower(priority),
                null,
                new Links("/api/v1/interactions/" + UriUtils.encode(id, StandardCharsets.UTF_8)));
    }
}
