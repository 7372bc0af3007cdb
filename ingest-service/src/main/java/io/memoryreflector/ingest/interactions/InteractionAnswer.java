package io.memoryreflector.ingest.interactions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.memoryreflector.events.Interaction;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.springframework.web.util.UriUtils;

/**
 * What the caller is told of an interaction that is in.
 *
 * @param status {@code queued_reflection}, {@code spooled} where it waits on disk for Kafka, or {@code duplicate} where the log
 *     has had it already
 * @param interactionId the id to ask for it by
 * @param reflectionJobId the reflection's id; one interaction is one job, so it is the interaction's
 * @param shortTermId the id under which tier 1 keeps it, which is the interaction's
 * @param timestamp when it was received
 * @param priority as the caller set it; absent where the intake chooses
 * @param links where to go from here
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record InteractionAnswer(
        @Schema(allowableValues = {"queued_reflection", "spooled", "duplicate"})
        String status,

        String interactionId,
        String reflectionJobId,
        String shortTermId,
        Instant timestamp,
        String priority,
        Links links) {

    /** @param status address of the interaction's status */
    record Links(String status) {}

    static InteractionAnswer of(String status, Interaction interaction, Instant timestamp) {
        var id = interaction.getInteractionId();
        var priority = interaction.getPriority();
        return new InteractionAnswer(
                status,
                id,
                id,
                id,
                timestamp,
                priority == null ? null : priority.name().toLowerCase(Locale.ROOT),
                new Links("/api/v1/interactions/" + UriUtils.encode(id, StandardCharsets.UTF_8)));
    }
}
