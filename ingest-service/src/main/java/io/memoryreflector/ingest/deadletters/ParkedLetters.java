package io.memoryreflector.ingest.deadletters;

import io.memoryreflector.events.Tier;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** How many dead letters are parked, over all namespaces. Thread-safe. */
@Component
public final class ParkedLetters {

    private final DeadLetterIndex index;
    private final IndexFeed feed;

    ParkedLetters(DeadLetterIndex index, IndexFeed feed) {
        this.index = index;
        this.feed = feed;
    }

    /**
     * Counts.
     *
     * @param total also of those that belong to no tier
     * @param byTier none where a tier has none
     */
    public record Counts(long total, Map<Tier, Long> byTier) {}

    /** What is parked now; empty while the topic is still being read. */
    public Optional<Counts> count() {
        return feed.isComplete(Duration.ZERO) ? Optional.of(index.parked()) : Optional.empty();
    }

    static Counts count(Iterable<Entry> entries) {
        var total = 0L;
        var byTier = new EnumMap<Tier, Long>(Tier.class);
        for (var entry : entries) {
            if (entry.state() == LetterState.PARKED) {
                total++;
                if (entry.heading().subject().tier() != null) {
                    byTier.merge(entry.heading().subject().tier(), 1L, Long::sum);
                }
            }
        }
        return new Counts(total, byTier);
    }
}
