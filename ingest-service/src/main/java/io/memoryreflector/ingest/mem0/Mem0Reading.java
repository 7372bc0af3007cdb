package io.memoryreflector.ingest.mem0;

import io.memoryreflector.events.Tier;
import io.memoryreflector.ingest.access.CurrentCaller;
import io.memoryreflector.ingest.problem.Parameters;
import io.memoryreflector.ingest.recall.RecallAnswer;
import io.memoryreflector.ingest.recall.Recalling;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.longterm.Amendments;
import io.memoryreflector.store.longterm.CurrentMemories;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Searching and listing in mem0's shape: what holds now and is not held back. */
@RestController
@RequestMapping(path = Mem0Configuration.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "mem0")
class Mem0Reading {

    private static final int PAGES = 10_000;
    private static final int PAGE_SIZE = 100;

    /** Memories have ids; turns that are not reflected yet have none. */
    private static final Set<Tier> TIERS =
            Collections.unmodifiableSet(EnumSet.of(Tier.EPISODIC, Tier.SEMANTIC, Tier.PROCEDURAL));

    private final Recalling recalling;
    private final CurrentMemories current;
    private final Amendments amendments;
    private final OwnMemories own;
    private final CurrentCaller caller;
    private final InstantSource clock;

    Mem0Reading(
            Recalling recalling,
            CurrentMemories current,
            Amendments amendments,
            OwnMemories own,
            CurrentCaller caller,
            InstantSource clock) {
        this.recalling = recalling;
        this.current = current;
        this.amendments = amendments;
        this.own = own;
        this.caller = caller;
        this.clock = clock;
    }

    /** An answer to a question, best first. */
    @Schema(name = "Mem0Results")
    record Results(List<MemoryShape> results) {}

    /**
     * A page, newest first.
     *
     * @param count of all pages
     * @param next path of the next page; null on the last
     */
    @Schema(name = "Mem0Page")
    record Page(
            int count,
            @Schema(types = {"string", "null"}) String next,
            @Schema(types = {"string", "null"}) String previous,
            List<MemoryShape> results) {}

    @Operation(summary = "What is remembered of a user that matters for a question, best first.")
    @PostMapping(
            path = {"/search", "/v3/memories/search"},
            consumes = MediaType.APPLICATION_JSON_VALUE)
    Results search(@RequestBody SearchRequest request) {
        var scope = request.scope();
        var limit = request.limit();
        var answer = recalling.recall(new Recalling.Request(
                user(scope),
                request.query(),
                Recalling.MAX_LIMIT,
                TIERS,
                Optional.empty(),
                Optional.empty(),
                0,
                false));
        return new Results(answer.items().stream()
                .filter(this::holds)
                .filter(item -> scope.runId().isEmpty() || scope.runId().get().equals(item.sessionId()))
                .limit(limit)
                .map(item -> MemoryShape.of(scope.userId(), item))
                .toList());
    }

    @Operation(summary = "A page of a user's memories, newest first.")
    @GetMapping({"/memories", "/v1/memories"})
    Page list(
            @RequestParam("user_id") String userId,
            @RequestParam(name = "run_id", required = false) String runId,
            @Parameter(hidden = true) @RequestParam(name = "agent_id", required = false) String agentId,
            @Parameter(hidden = true) @RequestParam(name = "app_id", required = false) String appId,
            @Parameter(description = "From 1") @RequestParam(name = "page", required = false) String page,
            @Parameter(description = "1 to 100, 100 if absent") @RequestParam(name = "page_size", required = false)
                    String size,
            HttpServletRequest request) {
        return page(named(userId, runId, agentId, appId), page, size, request);
    }

    @Operation(summary = "A page of a user's memories, newest first, by filters.")
    @PostMapping(path = "/v3/memories", consumes = MediaType.APPLICATION_JSON_VALUE)
    Page listFiltered(
            @RequestBody ListRequest filters,
            @Parameter(description = "From 1") @RequestParam(name = "page", required = false) String page,
            @Parameter(description = "1 to 100, 100 if absent") @RequestParam(name = "page_size", required = false)
                    String size,
            HttpServletRequest request) {
        return page(filters.scope(), page, size, request);
    }

    @Operation(summary = "One memory.")
    @GetMapping({"/memories/{id}", "/v1/memories/{id}"})
    MemoryShape one(@PathVariable("id") String id) {
        return MemoryShape.of(own.find(id));
    }

    @Operation(summary = "The wordings of one memory, oldest first.")
    @GetMapping({"/memories/{id}/history", "/v1/memories/{id}/history"})
    List<HistoryShape> history(@PathVariable("id") String id) {
        var owned = own.find(id);
        return amendments
                .history(id)
                .map(history -> HistoryShape.of(owned, history))
                .orElseThrow(() -> OwnMemories.unknown(id));
    }

    /** Whose memories parameters name. */
    static Scope named(String userId, String runId, String agentId, String appId) {
        var named = new HashMap<String, String>();
        named.put("user_id", Parameters.text(userId).orElse(null));
        named.put("run_id", Parameters.text(runId).orElse(null));
        named.put("agent_id", Parameters.text(agentId).orElse(null));
        named.put("app_id", Parameters.text(appId).orElse(null));
        return Scope.of(named, null);
    }

    private Page page(Scope scope, String pageText, String sizeText, HttpServletRequest request) {
        var page = Parameters.integer("page", pageText, 1, 1, PAGES);
        var size = Parameters.integer("page_size", sizeText, PAGE_SIZE, 1, PAGE_SIZE);
        var from = (page - 1) * size;
        var found = current.page(user(scope), scope.runId(), clock.instant(), from, size);
        return new Page(
                found.total(),
                from + size < found.total() ? link(request, page + 1) : null,
                page > 1 ? link(request, page - 1) : null,
                found.memories().stream()
                        .map(memory -> MemoryShape.of(scope.userId(), memory))
                        .toList());
    }

    /** Without the host, which is the caller's word alone. */
    private static String link(HttpServletRequest request, int page) {
        return UriComponentsBuilder.fromPath(request.getRequestURI())
                .query(request.getQueryString())
                .replaceQueryParam("page", page)
                .build()
                .toUriString();
    }

    private boolean holds(RecallAnswer.Item item) {
        return item.validTo() == null || item.validTo().isAfter(clock.instant());
    }

    private UserKey user(Scope scope) {
        return scope.in(caller.get().namespace(null));
    }
}
