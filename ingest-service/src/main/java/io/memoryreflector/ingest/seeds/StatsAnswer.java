package io.memoryreflector.ingest.seeds;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.memoryreflector.store.longterm.NamespaceMemory.Count;
import io.memoryreflector.store.status.Pace;
import io.memoryreflector.store.status.Totals;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a namespace holds and how it came to it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StatsAnswer(
        String vectorstoreName,
        long totalMemories,

        @Schema(description = "Of them, held back from recall.")
        long quarantinedMemories,

        Map<String, Long> memoriesByTier,

        @Schema(description = "By the day on which it took place, in UTC.")
        Map<String, Long> memoriesByDay,

        @Schema(description = "By the way in: rest, kafka, rabbitmq, mcp, sdk, import.")
        Map<String, Long> memoriesBySource,

        Interactions interactions,

        @Schema(description = "From 0 to 1, of the interactions that are done; absent where none is.")
        Double successRate,

        @Schema(description = "Of the last thousand interactions, from receipt to end.")
        QueueTimes queueTimes) {

    /** By what became of them. */
    record Interactions(long received, long completed, long partial, long failed, long skipped, long pending) {}

    /** In seconds. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record QueueTimes(int count, Double median, Double p95, Double longest) {}

    static StatsAnswer of(String namespace, List<Count> counts, Totals totals, Pace pace) {
        return new StatsAnswer(
                namespace,
                counts.stream().mapToLong(Count::memories).sum(),
                counts.stream().mapToLong(Count::quarantined).sum(),
                by(counts, count -> count.tier().name().toLowerCase(Locale.ROOT)),
                by(counts, count -> count.day().toString()),
                by(counts, Count::source),
                new Interactions(
                        totals.received(),
                        totals.completed(),
                        totals.partial(),
                        totals.failed(),
                        totals.skipped(),
                        totals.pending()),
                ProcessingAnswer.successRate(totals),
                new QueueTimes(
                        pace.ends().size(),
                        Queue.seconds(pace.quantile(0.5)),
                        Queue.seconds(pace.quantile(0.95)),
                        Queue.seconds(pace.quantile(1))));
    }

    private static Map<String, Long> by(List<Count> counts, Function<Count, String> name) {
        return counts.stream()
                .collect(Collectors.groupingBy(name, TreeMap::new, Collectors.summingLong(Count::memories)));
    }
}
