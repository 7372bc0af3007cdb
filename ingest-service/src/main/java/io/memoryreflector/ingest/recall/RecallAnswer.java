package io.memoryreflector.ingest.recall;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.memoryreflector.store.MemorySource;
import io.memoryreflector.store.recall.RecalledItem;
import io.memoryreflector.store.shortterm.Turn;
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
record RecallAnswer(List<TurnAnswer> shortTerm, List<Item> items, long tookMs) {

    /** One message of the last turns. */
    record TurnAnswer(
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

        static SourceAnswer of(MemorySource source) {
            return new SourceAnswer(source.interactionId(), source.messageId());
        }
    }

    static RecallAnswer of(List<Turn> recent, List<RecalledItem> items, boolean explain, long tookMs) {
        return new RecallAnswer(
                recent.stream().flatMap(i -> turns(i).stream()).toList(),
                items.stream().map(item -> item(item, explain)).toList(),
                tookMs);
    }

    private static List<TurnAnswer> turns(Turn turn) {
        return turn.messages().stream()
                .map(message -> new TurnAnswer(
                        turn.interactionId(),
                        message.messageId(),
                        turn.sessionId(),
                        message.role().name().toLowerCase(Locale.ROOT),
                        message.author(),
                        message.content(),
                        message.sentAt()))
                .toList();
    }

    private static Item item(RecalledItem item, boolean explain) {
        return new Item(
                item.memoryId(),
                item.tier().name().toLowerCase(Locale.ROOT),
                item.text(),
                item.score(),
                item.occurredAt(),
                item.sessionId(),
                item.sources().stream().map(SourceAnswer::of).toList(),
                item.validFrom(),
                item.validTo(),
                explain ? item.parts() : null);
    }
}
