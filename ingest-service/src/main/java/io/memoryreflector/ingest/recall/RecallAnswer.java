package io.memoryreflector.ingest.recall;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.store.recall.RecalledItem;
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
record RecallAnswer(List<Turn> shortTerm, List<Item> items, long tookMs) {

    /** One message of the last turns. */
    record Turn(
            String interactionId,
            String messageId,
            String sessionId,
            String role,
            String author,
            String content,
            Instant sentAt) {}

    /** One memory, with the messages it rests on. */
    record Item(
            String memoryId,
            String tier,
            String text,
            double score,
            Instant occurredAt,
            String sessionId,
            List<SourceAnswer> sources,
            Instant validFrom,
            Instant validTo,
            @JsonInclude(JsonInclude.Include.NON_NULL) Map<String, Double> parts) {}

    /** One message that a memory rests on. */
    record SourceAnswer(String interactionId, String messageId) {

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
        return new Item(
                memory.memoryId(),
                memory.tier().name().toLowerCase(Locale.ROOT),
                memory.text(),
                item.score(),
                memory.occurredAt(),
                memory.sessionId().orElse(null),
                memory.sources().stream().map(SourceAnswer::of).toList(),
                memory.validFrom().orElse(null),
                memory.validTo().orElse(null),
                explain ? item.parts() : null);
    }
}
