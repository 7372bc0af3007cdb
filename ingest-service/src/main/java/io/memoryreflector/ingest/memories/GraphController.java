package io.memoryreflector.ingest.memories;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.memoryreflector.ingest.problem.Parameters;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.longterm.EntityGraph;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A user's memories as a graph of who and what they are about. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Reading")
class GraphController {

    private static final int DEFAULT_LIMIT = 200;
    private static final int MAX_LIMIT = 1_000;

    private final EntityGraph graph;
    private final InstantSource clock;

    GraphController(EntityGraph graph, InstantSource clock) {
        this.graph = graph;
        this.clock = clock;
    }

    @Operation(summary = "Entities of a user's memories, those with most memories first, and the facts between them.")
    @GetMapping("/users/{user}/graph")
    GraphAnswer graph(
            @PathVariable("user") String user,
            @RequestParam(name = "namespace", defaultValue = UserKey.DEFAULT_NAMESPACE) String namespace,
            @Parameter(description = "What was true then; now if absent")
                    @RequestParam(name = "as_of", required = false)
                    String asOf,
            @Parameter(description = "Of each, 1 to 1000, 200 if absent")
                    @RequestParam(name = "limit", required = false)
                    String limit) {
        var key = Parameters.user(namespace, user);
        var time = Parameters.time("as_of", asOf).orElseGet(clock::instant);
        var most = Parameters.integer("limit", limit, DEFAULT_LIMIT, 1, MAX_LIMIT);
        return new GraphAnswer(
                graph.entities(key, time, most).stream()
                        .map(entity -> new EntityAnswer(entity.name(), entity.memories(), entity.lastMentioned()))
                        .toList(),
                graph.relations(key, time, most).stream()
                        .map(RelationAnswer::of)
                        .toList());
    }

    /** A graph. */
    record GraphAnswer(List<EntityAnswer> entities, List<RelationAnswer> relations) {}

    /** A node. */
    record EntityAnswer(String name, long memories, Instant lastMentioned) {}

    /** An edge. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RelationAnswer(
            String memoryId,
            String subject,
            String predicate,
            String object,
            String statement,
            Instant validFrom,
            Instant validTo) {

        static RelationAnswer of(EntityGraph.Relation relation) {
            return new RelationAnswer(
                    relation.memoryId(),
                    relation.subject(),
                    relation.predicate(),
                    relation.object(),
                    relation.statement(),
                    relation.validFrom(),
                    relation.validTo().orElse(null));
        }
    }
}
