package io.memoryreflector.ingest.pipeline;

import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** How everything flows: once, or as a stream of the same. */
@RestController
@RequestMapping(path = "/api/v1/pipeline")
@Tag(name = "Admin")
class PipelineController {

    private final PipelineMonitor monitor;
    private final Watchers watchers;

    PipelineController(PipelineMonitor monitor, Watchers watchers) {
        this.monitor = monitor;
        this.watchers = watchers;
    }

    @Operation(
            summary =
                    "The topology with live rates, lags and counts, over all namespaces. What cannot be known just now"
                            + " is left out. GET /api/v1/pipeline/stream sends the same every second, as server-sent events"
                            + " named pipeline.")
    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    PipelineAnswer pipeline() {
        return monitor.now();
    }

    /** Hidden from the API's description, which has no words for an answer without an end. */
    @Hidden
    @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter stream() {
        return watchers.watch(monitor::now);
    }
}
