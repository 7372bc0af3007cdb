package io.memoryreflector.ingest.mem0;

import io.memoryreflector.events.Source;
import io.memoryreflector.ingest.access.CurrentCaller;
import io.memoryreflector.ingest.interactions.Entrance;
import io.memoryreflector.ingest.log.CallHeaders;
import io.memoryreflector.ingest.status.Statuses;
import io.memoryreflector.store.longterm.LongTermMemory;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Handing over and asking what became of it, in mem0's shape. */
@RestController
@RequestMapping(path = Mem0Configuration.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "mem0")
class Mem0Writing {

    private final Entrance entrance;
    private final Statuses statuses;
    private final LongTermMemory memories;
    private final CurrentCaller caller;

    Mem0Writing(Entrance entrance, Statuses statuses, LongTermMemory memories, CurrentCaller caller) {
        this.entrance = entrance;
        this.statuses = statuses;
        this.memories = memories;
        this.caller = caller;
    }

    /** That the key is good. */
    @Schema(name = "Mem0Ping")
    record Pong(String status) {}

    /** That an interaction is in. */
    @Schema(name = "Mem0Added")
    record Added(
            String message,
            @Schema(allowableValues = "PENDING") String status,
            String eventId) {}

    @Operation(summary = "Whether the key is good: the first that a client asks.")
    @GetMapping("/v1/ping")
    Pong ping() {
        return new Pong("ok");
    }

    @Operation(summary = "Hands over what was said; answered once it is safe, learnt from afterwards.")
    @PostMapping(
            path = {"/memories", "/v3/memories/add"},
            consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    Added add(
            @RequestBody AddRequest request,
            @RequestHeader(name = CallHeaders.IDEMPOTENCY_KEY, required = false) String idempotencyKey,
            @RequestHeader(name = "traceparent", required = false) String traceparent) {
        var answer = entrance.take(request.interaction(), Source.REST, CallHeaders.of(traceparent, idempotencyKey));
        return new Added("Safe; what is learnt from it follows.", "PENDING", answer.interactionId());
    }

    @Operation(summary = "What became of what was handed over, by its event_id.")
    @GetMapping("/v1/event/{id}")
    EventShape event(@PathVariable("id") String id) {
        var status = statuses.interaction(id);
        var learnt = status.tiers().values().stream()
                .flatMap(tier -> tier.memoryIds().stream())
                .map(memories::memory)
                .flatMap(Optional::stream)
                .filter(owned -> caller.get().sees(owned.user().namespace()))
                .filter(owned -> owned.memory().quarantine().isEmpty())
                .toList();
        return EventShape.of(status, learnt);
    }
}
