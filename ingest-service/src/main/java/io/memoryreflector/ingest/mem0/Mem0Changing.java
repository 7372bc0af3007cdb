package io.memoryreflector.ingest.mem0;

import io.memoryreflector.events.ErasureScope;
import io.memoryreflector.ingest.access.CurrentCaller;
import io.memoryreflector.ingest.amendments.Amending;
import io.memoryreflector.ingest.erasures.Forgetting;
import io.memoryreflector.ingest.problem.Parameters;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Rewording and forgetting in mem0's shape. Answered once the log has it; the stores follow within seconds. */
@RestController
@RequestMapping(path = Mem0Configuration.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "mem0")
class Mem0Changing {

    private static final String REASON = "over mem0's API";

    private final Amending amending;
    private final Forgetting forgetting;
    private final OwnMemories own;
    private final CurrentCaller caller;

    Mem0Changing(Amending amending, Forgetting forgetting, OwnMemories own, CurrentCaller caller) {
        this.amending = amending;
        this.forgetting = forgetting;
        this.own = own;
        this.caller = caller;
    }

    /** That something is done. */
    @Schema(name = "Mem0Done")
    record Done(String message) {}

    @Operation(summary = "Puts a memory in other words; the answer has them already.")
    @PutMapping(
            path = {"/memories/{id}", "/v1/memories/{id}"},
            consumes = MediaType.APPLICATION_JSON_VALUE)
    MemoryShape update(@PathVariable("id") String id, @RequestBody UpdateRequest request) {
        var text = request.checked();
        var owned = own.find(id);
        var amendment = amending.reword(owned, text, REASON);
        return MemoryShape.of(owned).reworded(text, amendment.getAmendedAt());
    }

    @Operation(summary = "Forgets one memory for good.")
    @DeleteMapping({"/memories/{id}", "/v1/memories/{id}"})
    Done delete(
            @PathVariable("id") String id,
            @Parameter(description = "false or absent: what it had superseded holds again")
                    @RequestParam(name = "delete_linked", required = false)
                    String linked) {
        if (Parameters.flag("delete_linked", linked)) {
            throw RequestProblem.parameter("delete_linked", "got 'true', takes false: forget the others by their ids");
        }
        var owned = own.find(id);
        forgetting.forget(owned.user(), ErasureScope.MEMORY, id, REASON, Optional.empty());
        return new Done("Memory deleted successfully!");
    }

    @Operation(summary = "Forgets all of a user, or one session, for good: what was said too.")
    @DeleteMapping({"/memories", "/v1/memories"})
    Done deleteAll(
            @RequestParam("user_id") String userId,
            @RequestParam(name = "run_id", required = false) String runId,
            @Parameter(hidden = true) @RequestParam(name = "agent_id", required = false) String agentId,
            @Parameter(hidden = true) @RequestParam(name = "app_id", required = false) String appId) {
        var scope = Mem0Reading.named(userId, runId, agentId, appId);
        var user = scope.in(caller.get().namespace(null));
        forgetting.forget(
                user,
                scope.runId().isPresent() ? ErasureScope.SESSION : ErasureScope.USER,
                scope.runId().orElse(null),
                REASON,
                Optional.empty());
        return new Done("Memories deleted successfully!");
    }
}
