package io.memoryreflector.ingest.deadletters;

import io.memoryreflector.ingest.problem.Parameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Looking at what could not be processed. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Admin")
class DeadLettersController {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 1_000;

    private final Letterbox letterbox;

    DeadLettersController(Letterbox letterbox) {
        this.letterbox = letterbox;
    }

    @Operation(summary = "A page of dead letters, whoever parked them, newest first.")
    @GetMapping("/dead-letters")
    ListAnswer list(
            @Parameter(description = "episodic, semantic or procedural") @RequestParam(name = "tier", required = false)
                    String tier,
            @Parameter(description = "A part of the error's class or message, in any case")
                    @RequestParam(name = "error", required = false)
                    String error,
            @RequestParam(name = "user_id", required = false) String userId,
            @RequestParam(name = "namespace", required = false) String namespace,
            @Parameter(description = "Topic that the record came from") @RequestParam(name = "topic", required = false)
                    String topic,
            @Parameter(description = "parked, replayed or discarded; parked if absent")
                    @RequestParam(name = "state", required = false)
                    String state,
            @Parameter(description = "Parked at or after") @RequestParam(name = "from", required = false) String from,
            @Parameter(description = "Parked before") @RequestParam(name = "to", required = false) String to,
            @Parameter(description = "1 to 1000, 50 if absent") @RequestParam(name = "limit", required = false)
                    String limit,
            @Parameter(description = "next_cursor of the page before") @RequestParam(name = "cursor", required = false)
                    String cursor) {
        var filter = new FilterRequest(tier, error, userId, namespace, topic, state, from, to, Map.of()).filter("");
        return letterbox.page(
                filter, Parameters.integer("limit", limit, DEFAULT_LIMIT, 1, MAX_LIMIT), Parameters.text(cursor));
    }

    @Operation(summary = "One dead letter: the record as it was, its value read, why it failed, what was done.")
    @GetMapping("/dead-letters/{id}")
    LetterAnswer look(@PathVariable("id") String id) {
        return letterbox.look(id);
    }
}
