package io.memoryreflector.ingest.rebuild;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.InstantSource;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Building a projection anew. */
@RestController
@RequestMapping(path = "/api/v1/rebuilds", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Admin")
class RebuildsController {

    private final Rebuilds rebuilds;
    private final InstantSource clock;

    RebuildsController(Rebuilds rebuilds, InstantSource clock) {
        this.rebuilds = rebuilds;
        this.clock = clock;
    }

    @Operation(
            summary =
                    "Builds the graph, or what Redis holds, anew from the log, beside what is in use, which serves all reads"
                            + " until the new one takes its place. Asks no model. Goes on after a restart.")
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    RebuildAnswer begin(@RequestBody RebuildRequest request) {
        return RebuildAnswer.of(rebuilds.begin(request.checked()), clock.instant());
    }

    /** The last hundred, the latest first. */
    record RebuildList(List<RebuildAnswer> rebuilds) {}

    @Operation(summary = "The last hundred rebuilds, the latest first.")
    @GetMapping
    RebuildList list() {
        var now = clock.instant();
        return new RebuildList(rebuilds.list().stream()
                .map(rebuild -> RebuildAnswer.of(rebuild, now))
                .toList());
    }

    @Operation(summary = "How far a rebuild is.")
    @GetMapping("/{rebuild_id}")
    RebuildAnswer rebuild(@PathVariable("rebuild_id") String id) {
        return RebuildAnswer.of(rebuilds.find(id), clock.instant());
    }
}
