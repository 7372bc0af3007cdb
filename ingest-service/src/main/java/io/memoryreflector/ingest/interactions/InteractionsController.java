package io.memoryreflector.ingest.interactions;

import io.memoryreflector.ingest.config.ServiceSettings;
import io.memoryreflector.ingest.log.CallHeaders;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Writing: one interaction or many. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Writing")
class InteractionsController {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final int MAX_KEY_LENGTH = 256;

    private final Intake intake;
    private final Answers answers;
    private final IngestMetrics metrics;
    private final InteractionMapping mapping;
    private final BatchBody batchBody;
    private final int batchItems;
    private final InstantSource clock;

    InteractionsController(
            Intake intake,
            Answers answers,
            IngestMetrics metrics,
            ServiceSettings settings,
            JsonMapper json,
            InstantSource clock) {
        this.intake = intake;
        this.answers = answers;
        this.metrics = metrics;
        this.mapping = new InteractionMapping(settings.limits(), json);
        this.batchBody = new BatchBody(json);
        this.batchItems = settings.limits().batchItems();
        this.clock = clock;
    }

    @Operation(
            summary = "Hands over one interaction; answered once the log or the outbox has it, reflected afterwards.")
    @PostMapping(path = "/interactions", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<InteractionAnswer> write(
            @RequestBody InteractionRequest request,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) String idempotencyKey,
            @RequestHeader(name = "traceparent", required = false) String traceparent) {
        checkKey(idempotencyKey);
        try {
            var answer = metrics.timed(() -> {
                var interaction = mapping.map(request, Optional.ofNullable(idempotencyKey), clock.instant());
                var headers = CallHeaders.of(traceparent, idempotencyKey);
                return answers.of(intake.begin(interaction, headers).await());
            });
            metrics.answered(answer.status());
            return ResponseEntity.accepted().body(answer);
        } catch (RequestProblem problem) {
            metrics.rejected(problem.status());
            throw problem;
        }
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
                                                        schema = @Schema(implementation = InteractionRequest.class))),
                                @Content(
                                        mediaType = MediaType.APPLICATION_NDJSON_VALUE,
                                        schema = @Schema(implementation = InteractionRequest.class))
                            }))
    @PostMapping(
            path = "/interactions:batch",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    ResponseEntity<BatchAnswer> writeMany(
            @RequestBody byte[] body,
            @RequestHeader("Content-Type") MediaType type,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) String idempotencyKey,
            @RequestHeader(name = "traceparent", required = false) String traceparent) {
        checkKey(idempotencyKey);
        var requests = MediaType.APPLICATION_NDJSON.includes(type) ? batchBody.lines(body) : batchBody.array(body);
        if (requests.isEmpty() || requests.size() > batchItems) {
            throw RequestProblem.parameter(
                    "body", "got " + requests.size() + " interactions, takes 1 to " + batchItems);
        }
        var answer = metrics.timed(() -> writeAll(requests, idempotencyKey, traceparent));
        answer.items().forEach(this::count);
        if (answer.allUnavailable()) {
            throw Answers.unavailable(
                    "Neither Kafka nor the outbox took any of the interactions. Send them again with these ids.");
        }
        return ResponseEntity.status(answer.rejected() == 0 ? HttpStatus.ACCEPTED : HttpStatus.MULTI_STATUS)
                .body(answer);
    }

    private BatchAnswer writeAll(
            List<Supplier<InteractionRequest>> requests, String idempotencyKey, String traceparent) {
        var batch = new Batch(intake, answers);
        var headers = CallHeaders.of(traceparent, idempotencyKey);
        for (var i = 0; i < requests.size(); i++) {
            var request = requests.get(i);
            var key = Optional.ofNullable(idempotencyKey).map((i + ":")::concat);
            batch.add(() -> mapping.map(request.get(), key, clock.instant()), headers);
        }
        return batch.await();
    }

    private void count(BatchAnswer.Item item) {
        if (item.answer() != null) {
            metrics.answered(item.answer().status());
        } else {
            metrics.rejected(HttpStatus.valueOf(item.code()));
        }
    }

    private static void checkKey(String idempotencyKey) {
        if (idempotencyKey != null && (idempotencyKey.isBlank() || idempotencyKey.length() > MAX_KEY_LENGTH)) {
            throw RequestProblem.parameter(
                    IDEMPOTENCY_KEY, "got " + idempotencyKey.length() + " characters, takes 1 to " + MAX_KEY_LENGTH);
        }
    }
}
