package io.memoryreflector.ingest.recall;

import io.memoryreflector.ingest.problem.Parameters;
import io.memoryreflector.schemas.UserKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Recall: the last turns, and one ranking over everything long-term. */
@RestController
@RequestMapping(path = "/api/v1/users/{user}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Reading")
class RecallController {

    private static final int DEFAULT_LIMIT = 10;

    private final Recalling recalling;

    RecallController(Recalling recalling) {
        this.recalling = recalling;
    }

    @Operation(summary = "What matters for a question: the last turns, and one ranking of memories, best first.")
    @GetMapping("/recall")
    RecallAnswer recall(
            @PathVariable("user") String user,
            @RequestParam("query") String query,
            @RequestParam(name = "namespace", defaultValue = UserKey.DEFAULT_NAMESPACE) String namespace,
            @Parameter(description = "1 to 100, 10 if absent") @RequestParam(name = "limit", required = false)
                    String limit,
            @Parameter(
                            description =
                                    "episodic, semantic, procedural; all if absent. With episodic, turns that are not"
                                            + " reflected yet come in too, as short_term and without an id")
                    @RequestParam(name = "tiers", required = false)
                    String tiers,
            @Parameter(description = "Answers as the memory stood then") @RequestParam(name = "as_of", required = false)
                    String asOf,
            @Parameter(description = "Takes the last turns from this session only; the ranking is over all sessions")
                    @RequestParam(name = "session_id", required = false)
                    String sessionId,
            @Parameter(description = "Cuts the list where its texts would have more tokens")
                    @RequestParam(name = "max_tokens", required = false)
                    String maxTokens,
            @Parameter(description = "true adds the parts of each score")
                    @RequestParam(name = "explain", required = false)
                    String explain) {
        return recalling.recall(new Recalling.Request(
                Parameters.user(namespace, user),
                query,
                Parameters.integer("limit", limit, DEFAULT_LIMIT, 1, Recalling.MAX_LIMIT),
                Recalling.tiers(tiers == null || tiers.isBlank() ? List.of() : List.of(tiers.split(",", -1))),
                Parameters.time("as_of", asOf),
                Parameters.text(sessionId),
                Parameters.integer("max_tokens", maxTokens, 0, 1, Recalling.MAX_TOKENS),
                Parameters.flag("explain", explain)));
    }
}
