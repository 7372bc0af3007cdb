package io.memoryreflector.ingest.recall;

import io.memoryreflector.events.Tier;
import io.memoryreflector.ingest.problem.Parameters;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.recall.Recall;
import io.memoryreflector.store.recall.RecallQuery;
import io.memoryreflector.store.shortterm.ShortTermMemory;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.EnumSet;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Recall: the last turns, and one ranking over everything long-term. */
@RestController
@RequestMapping(path = "/api/v1/users/{user}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Reading")
class RecallController {

    private static final int DEFAULT_LIMIT = 10;
    private static final int MAX_LIMIT = 100;
    private static final int MAX_QUERY_LENGTH = 8_192;
    private static final int RECENT_INTERACTIONS = 10;
    private static final Set<Tier> ALL = EnumSet.of(Tier.EPISODIC, Tier.SEMANTIC, Tier.PROCEDURAL);

    private final Recall recall;
    private final ShortTermMemory shortTerm;
    private final QueryVectors vectors;
    private final Timer timer;

    RecallController(Recall recall, ShortTermMemory shortTerm, QueryVectors vectors, MeterRegistry meters) {
        this.recall = recall;
        this.shortTerm = shortTerm;
        this.vectors = vectors;
        this.timer = Timer.builder("reflector.recall")
                .description("Recall, from the request to the ranked list")
                .publishPercentileHistogram()
                .register(meters);
    }

    @Operation(summary = "What matters for a question: the last turns, and one ranking of memories, best first.")
    @GetMapping("/recall")
    RecallAnswer recall(
            @PathVariable("user") String user,
            @RequestParam("query") String query,
            @RequestParam(name = "namespace", defaultValue = UserKey.DEFAULT_NAMESPACE) String namespace,
            @Parameter(description = "1 to 100, 10 if absent") @RequestParam(name = "limit", required = false)
                    String limit,
            @Parameter(description = "episodic, semantic, procedural; all if absent")
                    @RequestParam(name = "tiers", required = false)
                    String tiers,
            @Parameter(description = "Answers as the memory stood then") @RequestParam(name = "as_of", required = false)
                    String asOf,
            @Parameter(description = "Takes the last turns from this session only; the ranking is over all sessions")
                    @RequestParam(name = "session_id", required = false)
                    String sessionId,
            @Parameter(description = "Cuts the list where its texts would have more tokens")
                    @RequestParam(name = "max_tokens", required = false)
                    String maxTokens,
            @Parameter(description = "true adds the parts of each score")
                    @RequestParam(name = "explain", required = false)
                    String explain) {
        if (query.isBlank() || query.length() > MAX_QUERY_LENGTH) {
            throw RequestProblem.parameter(
                    "query", "got " + query.strip().length() + " characters, takes 1 to " + MAX_QUERY_LENGTH);
        }
        var key = Parameters.user(namespace, user);
        var size = Parameters.integer("limit", limit, DEFAULT_LIMIT, 1, MAX_LIMIT);
        var tokens = Parameters.integer("max_tokens", maxTokens, 0, 1, 1_000_000);
        var wanted = tiers(tiers);
        var at = Parameters.time("as_of", asOf);
        var session = Parameters.text(sessionId);
        var explained = Parameters.flag("explain", explain);

        var begun = System.nanoTime();
        var recent = shortTerm.recent(key, session, RECENT_INTERACTIONS);
        var items = recall.recall(new RecallQuery(
                key,
                query,
                vectors.of(query),
                vectors.model(),
                size,
                wanted,
                at,
                tokens == 0 ? OptionalInt.empty() : OptionalInt.of(tokens)));
        var took = System.nanoTime() - begun;
        timer.record(took, java.util.concurrent.TimeUnit.NANOSECONDS);
        return RecallAnswer.of(recent, items, explained, took / 1_000_000);
    }

    private static Set<Tier> tiers(String names) {
        if (names == null || names.isBlank()) {
            return ALL;
        }
        var tiers = EnumSet.noneOf(Tier.class);
        for (var name : names.split(",", -1)) {
            tiers.add(ALL.stream()
                    .filter(tier -> tier.name().equalsIgnoreCase(name.strip()))
                    .findFirst()
                    .orElseThrow(() -> RequestProblem.parameter(
                            "tiers",
                            "got '" + name.toLowerCase(Locale.ROOT) + "', takes episodic, semantic, procedural")));
        }
        return tiers;
    }
}
