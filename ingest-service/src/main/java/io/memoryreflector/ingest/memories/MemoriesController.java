package io.memoryreflector.ingest.memories;

import io.memoryreflector.events.SourceRef;
import io.memoryreflector.events.Tier;
import io.memoryreflector.ingest.access.CurrentCaller;
import io.memoryreflector.ingest.problem.Parameters;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.longterm.Amendments;
import io.memoryreflector.store.longterm.FactTimeline;
import io.memoryreflector.store.longterm.LongTermMemory;
import io.memoryreflector.store.longterm.MemoryFilter;
import io.memoryreflector.store.longterm.MemoryPage;
import io.memoryreflector.store.longterm.Transcripts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Listing a user's memories, and one memory with what it comes from. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Reading")
class MemoriesController {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 1_000;

    private final LongTermMemory memories;
    private final Transcripts transcripts;
    private final Amendments amendments;
    private final FactTimeline timeline;
    private final CurrentCaller caller;

    MemoriesController(
            LongTermMemory memories,
            Transcripts transcripts,
            Amendments amendments,
            FactTimeline timeline,
            CurrentCaller caller) {
        this.memories = memories;
        this.transcripts = transcripts;
        this.amendments = amendments;
        this.timeline = timeline;
        this.caller = caller;
    }

    @Operation(summary = "A page of a user's memories, newest first.")
    @GetMapping("/users/{user}/memories")
    PageAnswer list(
            @PathVariable("user") String user,
            @RequestParam(name = "namespace", defaultValue = UserKey.DEFAULT_NAMESPACE) String namespace,
            @Parameter(description = "episodic, semantic or procedural") @RequestParam(name = "tier", required = false)
                    String tier,
            @RequestParam(name = "session_id", required = false) String sessionId,
            @Parameter(description = "Occurred at or after") @RequestParam(name = "from", required = false) String from,
            @Parameter(description = "Occurred before") @RequestParam(name = "to", required = false) String to,
            @Parameter(description = "With this text, in any case") @RequestParam(name = "q", required = false)
                    String q,
            @Parameter(description = "Only what had happened and was not over then")
                    @RequestParam(name = "as_of", required = false)
                    String asOf,
            @Parameter(description = "1 to 1000, 50 if absent") @RequestParam(name = "limit", required = false)
                    String limit,
            @Parameter(description = "next_cursor of the page before") @RequestParam(name = "cursor", required = false)
                    String cursor) {
        var key = Parameters.user(namespace, user);
        var filter = new MemoryFilter(
                tier(tier),
                Parameters.text(sessionId),
                Parameters.time("from", from),
                Parameters.time("to", to),
                Parameters.text(q),
                Parameters.integer("limit", limit, DEFAULT_LIMIT, 1, MAX_LIMIT),
                Parameters.text(cursor),
                Parameters.time("as_of", asOf));
        return PageAnswer.of(key, page(key, filter));
    }

    @Operation(
            summary = "One memory, with the messages it rests on, what was changed of it, and for a fact what was true"
                    + " before and after it.")
    @GetMapping("/memories/{id}")
    MemoryAnswer one(
            @PathVariable("id") String id,
            @Parameter(description = "Gives a fact's timeline as it was believed then; as it is known now if absent")
                    @RequestParam(name = "known_at", required = false)
                    String knownAt) {
        var known = Parameters.time("known_at", knownAt);
        var memory = memories.memory(id)
                .filter(found -> caller.get().sees(found.user().namespace()))
                .orElseThrow(() ->
                        RequestProblem.of(HttpStatus.NOT_FOUND, "memory_id: got '" + id + "', which is not known"));
        var interactions = memory.memory().sources().stream()
                .map(SourceRef::getInteractionId)
                .toList();
        return MemoryAnswer.of(memory.user(), memory.memory(), transcripts.cleaned(memory.user(), interactions))
                .with(
                        amendments.history(id),
                        known.map(at -> timeline.asKnownAt(id, at)).orElseGet(() -> timeline.of(id)));
    }

    private MemoryPage page(UserKey user, MemoryFilter filter) {
        try {
            return memories.memories(user, filter);
        } catch (IllegalArgumentException e) {
            throw RequestProblem.parameter("cursor", "is not one that was given out, takes next_cursor of a page");
        }
    }

    private static Optional<Tier> tier(String name) {
        if (name == null || name.isBlank()) {
            return Optional.empty();
        }
        for (var tier : Tier.values()) {
            if (tier != Tier.UNKNOWN && tier.name().equalsIgnoreCase(name.strip())) {
                return Optional.of(tier);
            }
        }
        throw RequestProblem.parameter("tier", "got '" + name + "', takes episodic, semantic or procedural");
    }

    /**
     * A page.
     *
     * @param memories newest first
     * @param nextCursor of the next page; null on the last
     */
    record PageAnswer(
            List<MemoryAnswer> memories,
            @Schema(types = {"string", "null"}) String nextCursor) {

        static PageAnswer of(UserKey user, MemoryPage page) {
            return new PageAnswer(
                    page.memories().stream()
                            .map(memory -> MemoryAnswer.of(user, memory))
                            .toList(),
                    page.nextCursor().orElse(null));
        }
    }
}
