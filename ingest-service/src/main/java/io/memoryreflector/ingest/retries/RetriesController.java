package io.memoryreflector.ingest.retries;

import io.memoryreflector.events.Tier;
import io.memoryreflector.ingest.access.CurrentCaller;
import io.memoryreflector.ingest.problem.Parameters;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.ingest.problem.UnknownFields;
import io.memoryreflector.store.status.RetryFilter;
import io.memoryreflector.store.status.RetryPage;
import io.memoryreflector.store.status.WaitingRetries;
import io.memoryreflector.store.status.WaitingRetry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Looking at what waits for another attempt, and having it attempted now. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Admin")
class RetriesController {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 1_000;
    private static final int DEFAULT_NOW = 1_000;
    private static final int MAX_NOW = 10_000;

    private final WaitingRetries retries;
    private final RetryNow now;
    private final CurrentCaller caller;

    RetriesController(WaitingRetries retries, RetryNow now, CurrentCaller caller) {
        this.retries = retries;
        this.now = now;
        this.caller = caller;
    }

    @Operation(
            summary = "What waits for another attempt and until when, earliest due first. An outcome shows here a"
                    + " moment after it was committed.")
    @GetMapping("/retries")
    RetryAnswer.Page list(
            @Parameter(description = "episodic, semantic or procedural") @RequestParam(name = "tier", required = false)
                    String tier,
            @RequestParam(name = "user_id", required = false) String userId,
            @RequestParam(name = "namespace", required = false) String namespace,
            @Parameter(description = "1 to 1000, 50 if absent") @RequestParam(name = "limit", required = false)
                    String limit,
            @Parameter(description = "next_cursor of the page before") @RequestParam(name = "cursor", required = false)
                    String cursor) {
        var size = Parameters.integer("limit", limit, DEFAULT_LIMIT, 1, MAX_LIMIT);
        return RetryAnswer.Page.of(page(filter(tier, userId, namespace), size, Parameters.text(cursor)));
    }

    @Operation(
            summary = "Has what waits attempted now: one interaction, or all that match, earliest due first. What is"
                    + " under way already is not attempted twice.")
    @PostMapping(path = "/retries:now", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    SentOn attemptNow(@RequestBody RetryNowRequest request) {
        UnknownFields.refuse("", request.unknown(), "interaction_id, tier, user_id, namespace or limit");
        var waiting = waiting(request);
        now.send(waiting);
        return new SentOn(waiting.size());
    }

    /** How many were sent on: tiers of interactions. */
    record SentOn(int sentOn) {}

    private List<WaitingRetry> waiting(RetryNowRequest request) {
        var limit = request.limit() == null ? DEFAULT_NOW : request.limit();
        if (limit < 1 || limit > MAX_NOW) {
            throw RequestProblem.parameter("limit", "got " + limit + ", takes a whole number from 1 to " + MAX_NOW);
        }
        var filter = filter(request.tier(), request.userId(), request.namespace());
        var id = Parameters.text(request.interactionId());
        if (id.isEmpty()) {
            return page(filter, limit, Optional.empty()).retries();
        }
        if (!filter.equals(filter(null, null, null))) {
            throw RequestProblem.parameter("interaction_id", "stands with a filter, takes to stand alone");
        }
        return retries.of(id.get()).stream()
                .filter(retry -> caller.get().sees(retry.user().namespace()))
                .toList();
    }

    private RetryPage page(RetryFilter filter, int limit, Optional<String> cursor) {
        try {
            return retries.page(filter, limit, cursor);
        } catch (IllegalArgumentException e) {
            throw RequestProblem.parameter("cursor", "is not one that was given out, takes next_cursor of a page");
        }
    }

    private RetryFilter filter(String tier, String userId, String namespace) {
        var scope = caller.get().scope(Parameters.text(namespace));
        return new RetryFilter(tier(tier), scope, Parameters.text(userId));
    }

    private static Optional<Tier> tier(String name) {
        if (name == null || name.isBlank()) {
            return Optional.empty();
        }
        for (var tier : List.of(Tier.EPISODIC, Tier.SEMANTIC, Tier.PROCEDURAL)) {
            if (tier.name().equalsIgnoreCase(name.strip())) {
                return Optional.of(tier);
            }
        }
        throw RequestProblem.parameter("tier", "got '" + name + "', takes episodic, semantic or procedural");
    }
}
