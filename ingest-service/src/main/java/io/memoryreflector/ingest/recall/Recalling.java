package io.memoryreflector.ingest.recall;

import io.memoryreflector.events.Tier;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.ingest.tail.RecentTurns;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.recall.Recall;
import io.memoryreflector.store.recall.RecallQuery;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** A recall, whatever the shape that it was asked for in. Thread-safe. */
@Component
public final class Recalling {

    public static final int MAX_LIMIT = 100;
    public static final int MAX_TOKENS = 1_000_000;

    private static final int MAX_QUERY_LENGTH = 8_192;
    private static final int RECENT_INTERACTIONS = 10;
    private static final Set<Tier> KNOWN = EnumSet.of(Tier.EPISODIC, Tier.SEMANTIC, Tier.PROCEDURAL);

    private final Recall recall;
    private final RecentTurns turns;
    private final QueryVectors vectors;
    private final InstantSource clock;
    private final Timer timer;

    Recalling(Recall recall, RecentTurns turns, QueryVectors vectors, InstantSource clock, MeterRegistry meters) {
        this.recall = recall;
        this.turns = turns;
        this.vectors = vectors;
        this.clock = clock;
        this.timer = Timer.builder("reflector.recall")
                .description("Recall, from the request to the ranked list")
                .publishPercentileHistogram()
                .register(meters);
    }

    /**
     * What is asked for.
     *
     * @param limit of items, 1 to {@link #MAX_LIMIT}
     * @param tiers as {@link #tiers} gives them
     * @param asOf answers as the memory stood then
     * @param sessionId of the last turns; the ranking is over all sessions
     * @param maxTokens of all items' texts; 0 is no bound
     * @param explain adds the parts of each score
     */
    public record Request(
            UserKey user,
            String query,
            int limit,
            Set<Tier> tiers,
            Optional<Instant> asOf,
            Optional<String> sessionId,
            int maxTokens,
            boolean explain) {}

    /** @throws RequestProblem 400 on a question that is empty or too long */
    public RecallAnswer recall(Request request) {
        var query = request.query;
        if (query.isBlank() || query.length() > MAX_QUERY_LENGTH) {
            throw RequestProblem.parameter(
                    "query", "got " + query.strip().length() + " characters, takes 1 to " + MAX_QUERY_LENGTH);
        }
        var begun = System.nanoTime();
        var recent = turns.of(request.user);
        var question = new RecallQuery(
                request.user,
                query,
                vectors.of(query),
                vectors.model(),
                request.limit,
                request.tiers,
                request.asOf,
                request.maxTokens == 0 ? OptionalInt.empty() : OptionalInt.of(request.maxTokens),
                clock.instant());
        var items = recall.recall(question, RecentTurns.asMemories(recent));
        var took = System.nanoTime() - begun;
        timer.record(took, TimeUnit.NANOSECONDS);
        return RecallAnswer.of(
                RecentTurns.last(recent, request.sessionId, RECENT_INTERACTIONS),
                items,
                request.explain,
                took / 1_000_000);
    }

    /**
     * Tiers by their names, all where none is named; with episodes come the turns that none is made of yet.
     *
     * @throws RequestProblem 400 on another name
     */
    public static Set<Tier> tiers(List<String> names) {
        var tiers = names.isEmpty() ? EnumSet.copyOf(KNOWN) : EnumSet.noneOf(Tier.class);
        for (var name : names) {
            tiers.add(KNOWN.stream()
                    .filter(tier -> tier.name().equalsIgnoreCase(name.strip()))
                    .findFirst()
                    .orElseThrow(() -> RequestProblem.parameter(
                            "tiers",
                            "got '" + name.toLowerCase(Locale.ROOT) + "', takes episodic, semantic, procedural")));
        }
        if (tiers.contains(Tier.EPISODIC)) {
            tiers.add(Tier.UNKNOWN);
        }
        return tiers;
    }
}
