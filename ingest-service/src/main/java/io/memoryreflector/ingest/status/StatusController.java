package io.memoryreflector.ingest.status;

import io.memoryreflector.ingest.problem.Parameters;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.status.StatusBoard;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reading what became of one interaction, or of all that a user sent. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Status")
class StatusController {

    private final StatusBoard board;

    StatusController(StatusBoard board) {
        this.board = board;
    }

    @Operation(summary = "What became of one interaction, tier by tier; completed means recallable.")
    @GetMapping("/interactions/{id}")
    StatusAnswer interaction(@PathVariable("id") String id) {
        return board.find(id)
                .map(StatusAnswer::of)
                .orElseThrow(() -> RequestProblem.of(
                        HttpStatus.NOT_FOUND, "interaction_id: got '" + id + "', which is not known"));
    }

    @Operation(summary = "What became of all that a user sent; pending 0 means that all of it is recallable.")
    @GetMapping("/users/{user}/status")
    UserStatusAnswer user(
            @PathVariable("user") String user,
            @RequestParam(name = "namespace", defaultValue = UserKey.DEFAULT_NAMESPACE) String namespace) {
        var status = board.user(Parameters.user(namespace, user));
        return new UserStatusAnswer(
                status.received(),
                status.completed(),
                status.partial(),
                status.failed(),
                status.pending(),
                status.lastInteractionAt().orElse(null));
    }

    /** Counts of a user's interactions by state. */
    record UserStatusAnswer(
            long received, long completed, long partial, long failed, long pending, Instant lastInteractionAt) {}
}
