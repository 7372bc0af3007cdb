package io.memoryreflector.ingest.amendments;

import io.memoryreflector.ingest.access.CurrentCaller;
import io.memoryreflector.ingest.problem.Parameters;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.store.longterm.LongTermMemory;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Releasing what is held back from recall, and holding back what is not. Answered once the log has it. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Quarantine")
class AmendmentsController {

    private static final int MAX_REASON = 1_000;

    private final Amending amending;
    private final LongTermMemory memories;
    private final CurrentCaller caller;

    AmendmentsController(Amending amending, LongTermMemory memories, CurrentCaller caller) {
        this.amending = amending;
        this.memories = memories;
        this.caller = caller;
    }

    @Operation(summary = "Takes a memory out of quarantine: it is recalled, and ends what it was made to end.")
    @PostMapping("/memories/{id}:release")
    @ResponseStatus(HttpStatus.ACCEPTED)
    AmendmentAnswer release(
            @PathVariable("id") String id, @RequestParam(name = "reason", required = false) String reason) {
        return AmendmentAnswer.of("releasing", amending.judge(find(id), true, checked(reason)));
    }

    @Operation(summary = "Puts a memory into quarantine: it is listed and can be released, but is not recalled.")
    @PostMapping("/memories/{id}:hold")
    @ResponseStatus(HttpStatus.ACCEPTED)
    AmendmentAnswer hold(
            @PathVariable("id") String id, @RequestParam(name = "reason", required = false) String reason) {
        return AmendmentAnswer.of("holding", amending.judge(find(id), false, checked(reason)));
    }

    private LongTermMemory.Owned find(String id) {
        return memories.memory(id)
                .filter(memory -> caller.get().sees(memory.user().namespace()))
                .orElseThrow(() ->
                        RequestProblem.of(HttpStatus.NOT_FOUND, "memory_id: got '" + id + "', which is not known"));
    }

    private static String checked(String reason) {
        var why = Parameters.text(reason).orElse(null);
        if (why != null && why.length() > MAX_REASON) {
            throw RequestProblem.parameter("reason", "got " + why.length() + " characters, takes 1 to " + MAX_REASON);
        }
        return why;
    }
}
