package io.memoryreflector.ingest.status;

import io.memoryreflector.ingest.problem.Parameters;
import io.memoryreflector.schemas.UserKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
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

    private final Statuses statuses;

    StatusController(Statuses statuses) {
        this.statuses = statuses;
    }

    @Operation(summary = "What became of one interaction, tier by tier; completed means recallable.")
    @GetMapping("/interactions/{id}")
    StatusAnswer interaction(@PathVariable("id") String id) {
        return statuses.interaction(id);
    }

    @Operation(summary = "What became of all that a user sent; pending 0 means that all of it is recallable.")
    @GetMapping("/users/{user}/status")
    UserStatusAnswer user(
            @PathVariable("user") String user,
            @RequestParam(name = "namespace", defaultValue = UserKey.DEFAULT_NAMESPACE) String namespace) {
        return statuses.user(Parameters.user(namespace, user));
    }
}
