package io.memoryreflector.ingest.interactions;

import io.memoryreflector.events.Source;
import io.memoryreflector.ingest.config.ServiceSettings;
import io.memoryreflector.ingest.config.WaitSettings;
import io.memoryreflector.ingest.log.CallHeaders;
import io.memoryreflector.ingest.problem.Parameters;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import tools.jackson.databind.json.JsonMapper;

/** Writing: one interaction or many. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Writing")
class InteractionsController {

    private static final String WAIT = "Such as 30s, up to 60s: waits until it is reflected; 0 does not";

    private static final Duration BEYOND_WAIT = Duration.ofSeconds(5);

    private final Entrance entrance;
    private final Waits waits;
    private final BatchBody batchBody;
    private final int batchItems;
    private final WaitSettings wait;

    InteractionsController(Entrance entrance, Waits waits, ServiceSettings settings, JsonMapper json) {
        this.entrance = entrance;
        this.waits = waits;
        this.batchBody = new BatchBody(json);
        this.batchItems = settings.limits().batchItems();
        this.wait = settings.waits();
    }

    @Operation(
            summary = "Hands over one interaction; answered once the log or the outbox has it, reflected afterwards."
                    + " With wait, answered once it is reflected and recallable, or when the time is up.")
    @ApiResponse(
            responseCode = "200",
            description = "waited for and final",
            content = @Content(schema = @Schema(implementation = InteractionAnswer.class)))
    @ApiResponse(
            responseCode = "202",
            description = "safe",
            content = @Content(schema = @Schema(implementation = InteractionAnswer.class)))
    @PostMapping(path = "/interactions", consumes = MediaType.APPLICATION_JSON_VALUE)
    Object write(
            @RequestBody InteractionRequest request,
            @Parameter(description = WAIT) @RequestParam(name = "wait", required = false) String waitFor,
            @RequestHeader(name = CallHeaders.IDEMPOTENCY_KEY, required = false) String idempotencyKey,
            @RequestHeader(name = "traceparent", required = false) String traceparent) {
        var headers = CallHeaders.of(traceparent, idempotencyKey);
        var patience = Parameters.wait("wait", waitFor, wait.longest()).orElse(wait.byDefault());
        var answer = entrance.take(request, Source.REST, headers);
        if (patience.isZero()) {
            return ResponseEntity.accepted().body(answer);
        }
        return later(patience, waits.reflected(answer.interactionId(), patience).thenApply(outcome -> {
            var reflected = answer.reflected(outcome);
            return ResponseEntity.status(reflected.isFinal() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                    .body(reflected);
        }));
    }

    @Operation(
            summary = "Hands over many interactions, as a JSON array or line by line; answered item by item.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                                        array =
                                                @ArraySchema(
                                                        minItems = 1,
                                                        maxItems = 1_000,
                                                        schema = @Schema(implementation = InteractionRequest.class))),
                                @Content(
                                        mediaType = MediaType.APPLICATION_NDJSON_VALUE,
                                        schema = @Schema(implementation = InteractionRequest.class))
                            }))
    @ApiResponse(
            responseCode = "202",
            description = "all are in",
            content = @Content(schema = @Schema(implementation = BatchAnswer.class)))
    @ApiResponse(
            responseCode = "207",
            description = "some are in",
            content = @Content(schema = @Schema(implementation = BatchAnswer.class)))
    @PostMapping(
            path = "/interactions:batch",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    Object writeMany(
            @RequestBody byte[] body,
            @Parameter(description = WAIT) @RequestParam(name = "wait", required = false) String waitFor,
            @Parameter(hidden = true) @RequestHeader("Content-Type") MediaType type,
            @RequestHeader(name = CallHeaders.IDEMPOTENCY_KEY, required = false) String idempotencyKey,
            @RequestHeader(name = "traceparent", required = false) String traceparent) {
        var headers = CallHeaders.of(traceparent, idempotencyKey);
        var patience = Parameters.wait("wait", waitFor, wait.longest()).orElse(wait.byDefault());
        var requests = MediaType.APPLICATION_NDJSON.includes(type) ? batchBody.lines(body) : batchBody.array(body);
        if (requests.isEmpty() || requests.size() > batchItems) {
            throw RequestProblem.parameter(
                    "body", "got " + requests.size() + " interactions, takes 1 to " + batchItems);
        }
        var answer = entrance.takeAll(requests, Source.REST, headers);
        return patience.isZero()
                ? answered(answer)
                : later(patience, answer.reflected(waits, patience).thenApply(InteractionsController::answered));
    }

    private static ResponseEntity<BatchAnswer> answered(BatchAnswer answer) {
        return ResponseEntity.status(answer.rejected() == 0 ? HttpStatus.ACCEPTED : HttpStatus.MULTI_STATUS)
                .body(answer);
    }

    /** Gives the thread back meanwhile. */
    private static <T> DeferredResult<T> later(Duration patience, CompletableFuture<T> answer) {
        var result = new DeferredResult<T>(patience.plus(BEYOND_WAIT).toMillis());
        answer.whenComplete((done, failure) -> {
            if (failure == null) {
                result.setResult(done);
            } else {
                result.setErrorResult(failure);
            }
        });
        return result;
    }
}
