package io.memoryreflector.ingest.seeds;

import io.memoryreflector.ingest.access.CurrentCaller;
import io.memoryreflector.ingest.log.CallHeaders;
import io.memoryreflector.ingest.problem.Parameters;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.ingest.retention.Cleanup;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.longterm.NamespaceMemory;
import io.memoryreflector.store.longterm.NamespaceMemory.Filter;
import io.memoryreflector.store.longterm.SessionSummaries;
import io.memoryreflector.store.retention.Cleaned;
import io.memoryreflector.store.status.StatusTotals;
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
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The memory of a namespace, which callers of old know as a vector store. */
@RestController
@RequestMapping(path = "/api/memory/{vectorstore_name}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Vector stores", description = "The shape of the system that this replaces; a vector store is a namespace.")
class VectorstoreController {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;
    private static final int DEFAULT_DAYS = 30;

    private final StoringRaw storing;
    private final Queue queue;
    private final StatusTotals totals;
    private final NamespaceMemory memory;
    private final SessionSummaries summaries;
    private final Cleanup cleanup;
    private final CurrentCaller caller;

    VectorstoreController(
            StoringRaw storing,
            Queue queue,
            StatusTotals totals,
            NamespaceMemory memory,
            SessionSummaries summaries,
            Cleanup cleanup,
            CurrentCaller caller) {
        this.storing = storing;
        this.queue = queue;
        this.totals = totals;
        this.memory = memory;
        this.summaries = summaries;
        this.cleanup = cleanup;
        this.caller = caller;
    }

    @Operation(
            summary = "Takes a transcript, split into turns and interactions; answered once all of them are in the log"
                    + " or the outbox, reflected afterwards.")
    @PostMapping(path = "/store_raw", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    StoreRawAnswer storeRaw(
            @PathVariable("vectorstore_name") String name,
            @RequestBody StoreRawRequest request,
            @RequestHeader(name = CallHeaders.IDEMPOTENCY_KEY, required = false) String idempotencyKey,
            @RequestHeader(name = "traceparent", required = false) String traceparent) {
        return storing.store(name, request, CallHeaders.of(traceparent, idempotencyKey));
    }

    @Operation(summary = "How far reflection is with a vector store, or with one transcript.")
    @GetMapping("/processing_status")
    ProcessingAnswer processing(
            @PathVariable("vectorstore_name") String name,
            @Parameter(description = "As store_raw has answered it")
                    @RequestParam(name = "raw_memory_id", required = false)
                    String rawMemoryId,
            @Parameter(description = "Whose transcript it is; the namespace's own if absent")
                    @RequestParam(name = "user_id", required = false)
                    String userId) {
        var namespace = namespace(name);
        var id = Parameters.text(rawMemoryId).map(RawMemoryId::parse);
        var user = Parameters.user(namespace, Parameters.text(userId).orElse(namespace));
        var counts = id.map(raw -> totals.of(user, raw.interactionIds())).orElseGet(() -> totals.of(namespace));
        if (id.isPresent() && counts.received() == 0) {
            throw RequestProblem.of(
                    HttpStatus.NOT_FOUND,
                    "raw_memory_id: got '" + rawMemoryId + "', which is not known of user " + user.userId());
        }
        var waiting = queue.length();
        return ProcessingAnswer.of(namespace, id.orElse(null), counts, waiting, Queue.seconds(queue.estimate(waiting)));
    }

    @Operation(summary = "What a vector store remembers, as a tree: sessions, memories, and what was said.")
    @GetMapping("/hierarchy")
    HierarchyAnswer hierarchy(
            @PathVariable("vectorstore_name") String name,
            @RequestParam(name = "session_id", required = false) String sessionId,
            @Parameter(description = "discrete, summary, raw or all; all if absent")
                    @RequestParam(name = "memory_type", required = false)
                    String memoryType,
            @Parameter(description = "Occurred at or after; a day or a time")
                    @RequestParam(name = "start_date", required = false)
                    String startDate,
            @Parameter(description = "Occurred at or before; a day or a time")
                    @RequestParam(name = "end_date", required = false)
                    String endDate,
            @Parameter(description = "Of each kind the newest, 1 to 1000, 100 if absent")
                    @RequestParam(name = "limit", required = false)
                    String limit) {
        var filter = new Filter(
                namespace(name),
                Parameters.text(sessionId),
                Parameters.day("start_date", startDate, false),
                Parameters.day("end_date", endDate, true),
                Parameters.integer("limit", limit, DEFAULT_LIMIT, 1, MAX_LIMIT));
        return tree(MemoryType.of(memoryType), filter);
    }

    @Operation(summary = "One session with all that was made of it and said in it.")
    @GetMapping("/session/{session_id}")
    HierarchyAnswer session(
            @PathVariable("vectorstore_name") String name, @PathVariable("session_id") String sessionId) {
        var found = tree(
                MemoryType.ALL,
                new Filter(namespace(name), Optional.of(sessionId), Optional.empty(), Optional.empty(), MAX_LIMIT));
        if (found.hierarchy().isEmpty()) {
            throw RequestProblem.of(HttpStatus.NOT_FOUND, "session_id: got '" + sessionId + "', which is not known");
        }
        return found;
    }

    @Operation(summary = "Counts by tier, day and source, what became of the interactions, and how long they took.")
    @GetMapping("/stats")
    StatsAnswer stats(@PathVariable("vectorstore_name") String name) {
        var namespace = namespace(name);
        return StatsAnswer.of(namespace, memory.counts(namespace), totals.of(namespace), totals.pace(namespace));
    }

    @Operation(
            summary = "Removes the words of what is older than so many days and reflected; the memories that were made"
                    + " of them stay, as long as the settings say. Ask again until it is complete.")
    @PostMapping("/cleanup")
    CleanupAnswer cleanup(
            @PathVariable("vectorstore_name") String name,
            @Parameter(description = "1 to 36500, 30 if absent")
                    @RequestParam(name = "retention_days", required = false)
                    String retentionDays) {
        var days = Parameters.integer("retention_days", retentionDays, DEFAULT_DAYS, 1, Cleanup.MOST_DAYS);
        return CleanupAnswer.of(days, cleanup.run(namespace(name), days));
    }

    /** What a cleanup has removed. */
    record CleanupAnswer(
            boolean success,
            int retentionDays,
            long cleanedRawMemories,
            long cleanedSummaries,
            long cleanedDiscreteMemories,

            @Schema(description = "Old enough, and not reflected.")
            long keptRawMemories,

            @Schema(description = "Whether all were looked at within twenty seconds.")
            boolean complete) {

        static CleanupAnswer of(int days, Cleaned cleaned) {
            return new CleanupAnswer(
                    true,
                    days,
                    cleaned.interactions(),
                    cleaned.sessions(),
                    cleaned.memories(),
                    cleaned.kept(),
                    cleaned.isComplete());
        }
    }

    /** One more of each than is shown says that there is more. */
    private HierarchyAnswer tree(MemoryType type, Filter asked) {
        var filter = new Filter(asked.namespace(), asked.sessionId(), asked.from(), asked.to(), asked.limit() + 1);
        return HierarchyAnswer.of(
                asked.namespace(),
                type,
                type.shows(MemoryType.SUMMARY)
                        ? summaries.find(
                                filter.namespace(), filter.sessionId(), filter.from(), filter.to(), filter.limit())
                        : List.of(),
                type.shows(MemoryType.DISCRETE) ? memory.memories(filter) : List.of(),
                type.shows(MemoryType.RAW) ? memory.interactions(filter) : List.of(),
                asked.limit());
    }

    private String namespace(String name) {
        return caller.get()
                .namespace(Parameters.user(name, UserKey.DEFAULT_NAMESPACE).namespace());
    }
}
