package io.memoryreflector.ingest.recall;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.events.Tier;
import io.memoryreflector.store.recall.RecalledItem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was recalled.
 *
 * @param shortTerm the last turns, the newest last
 * @param items one ranking over the long-term tiers, best first
 * @param tookMs milliseconds from the question to the ranking
 */
public record RecallAnswer(List<Turn> shortTerm, List<Item> items, long tookMs) {

    private static final String SHORT_TERM = "short_term";

    /** One message of the last turns. */
    public record Turn(
            String interactionId,
            String messageId,
            @Schema(types = {"string", "null"}) String sessionId,
            String role,
            @Schema(types = {"string", "null"}) String author,
            String content,
            Instant sentAt) {}

    /** One memory, with the messages it rests on; a turn that is not reflected yet is {@code short_term} without an id. */
    @Schema(name = "RecalledItem")
    public record Item(
            @Schema(types = {"string", "null"}) String memoryId,
            String tier,
            String text,
            double score,
            Instant occurredAt,
            @Schema(types = {"string", "null"}) String sessionId,
            List<SourceAnswer> sources,

            @Schema(allowableValues = {"high", "medium", "low"})
            String trust,

            @Schema(
                    types = {"string", "null"},
                    format = "date-time")
            Instant validFrom,

            @Schema(
                    types = {"string", "null"},
                    format = "date-time")
            Instant validTo,

            @JsonInclude(JsonInclude.Include.NON_NULL) Instant amendedAt,
            @JsonInclude(JsonInclude.Include.NON_NULL) Map<String, Double> parts) {}

    /** One message that a memory rests on. */
    public record SourceAnswer(String interactionId, String messageId) {

        static SourceAnswer of(SourceRef source) {
            return new SourceAnswer(source.getInteractionId(), source.getMessageId());
        }
    }

    static RecallAnswer of(List<Interaction> recent, List<RecalledItem> items, boolean explain, long tookMs) {
        return new RecallAnswer(
                recent.stream().flatMap(i -> turns(i).stream()).toList(),
                items.stream().map(item -> item(item, explain)).toList(),
                tookMs);
    }

    private static List<Turn> turns(Interaction interaction) {
        return interaction.getMessages().stream()
                .map(message -> new Turn(
                        interaction.getInteractionId(),
                        message.getMessageId(),
                        interaction.getSessionId(),
                        message.getRole().name().toLowerCase(Locale.ROOT),
                        message.getAuthor(),
                        message.getContent(),
                        message.getSentAt()))
                .toList();
    }

    private static Item item(RecalledItem item, boolean explain) {
        var memory = item.memory();
        var isTurn = memory.tier() == Tier.UNKNOWN;
        return new Item(
                isTurn ? null : memory.memoryId(),
                isTurn ? SHORT_TERM : memory.tier().name().toLowerCase(Locale.ROOT),
                memory.text(),
                item.score(),
                memory.occurredAt(),
                memory.sessionId().orElse(null),
                memory.sources().stream().map(SourceAnswer::of).toList(),
                memory.trust().name().toLowerCase(Locale.ROOT),
                memory.validFrom().orElse(null),
                memory.validTo().orElse(null),
                memory.amendedAt().orElse(null),
                explain ? item.parts() : null);
    }
}
