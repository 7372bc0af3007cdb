package io.memoryreflector.ingest.interactions;

import io.memoryreflector.events.Source;
import io.memoryreflector.ingest.access.CurrentCaller;
import io.memoryreflector.ingest.config.ServiceSettings;
import io.memoryreflector.ingest.log.CallHeaders;
import io.memoryreflector.ingest.problem.RequestProblem;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The way in of everything that is handed over by HTTP, whatever the shape that it came in: checked, put into the
 * caller's own namespace, taken and counted by its source. Thread-safe.
 */
@Component
public final class Entrance {

    private final Intake intake;
    private final Answers answers;
    private final IngestMetrics metrics;
    private final InteractionMapping mapping;
    private final CurrentCaller caller;
    private final InstantSource clock;

    Entrance(
            Intake intake,
            Answers answers,
            IngestMetrics metrics,
            ServiceSettings settings,
            JsonMapper json,
            CurrentCaller caller,
            InstantSource clock) {
        this.intake = intake;
        this.answers = answers;
        this.metrics = metrics;
        this.mapping = new InteractionMapping(settings.limits(), json);
        this.caller = caller;
        this.clock = clock;
    }

    /**
     * Takes one interaction; returns once the log or the outbox has it.
     *
     * @throws RequestProblem where it cannot be taken
     */
    public InteractionAnswer take(InteractionRequest request, Source source, CallHeaders headers) {
        try {
            var answer = metrics.timed(
                    () -> answers.of(intake.begin(incoming(request, source, headers.idempotencyKey()), headers)
                            .await()));
            metrics.answered(source, answer.status());
            return answer;
        } catch (RequestProblem problem) {
            metrics.rejected(source, problem.status());
            throw problem;
        }
    }

    /**
     * Takes many, in their order; what is wrong with one is answered in its place.
     *
     * @throws RequestProblem 503 where none of them could be taken
     */
    public BatchAnswer takeAll(List<Supplier<InteractionRequest>> requests, Source source, CallHeaders headers) {
        var answer = metrics.timed(() -> {
            var batch = new Batch(intake, answers, headers);
            for (var i = 0; i < requests.size(); i++) {
                var request = requests.get(i);
                var key = headers.idempotencyKey().map((i + ":")::concat);
                batch.add(() -> incoming(request.get(), source, key));
            }
            return batch.send();
        });
        answer.items().forEach(item -> count(source, item));
        if (answer.allUnavailable()) {
            throw Answers.unavailable(
                    "Neither Kafka nor the outbox took any of the interactions. Send them again with these ids.");
        }
        return answer;
    }

    private Incoming incoming(InteractionRequest request, Source source, Optional<String> idempotencyKey) {
        var namespace = caller.get().namespace(request.namespace());
        return new Incoming(
                mapping.map(request.in(namespace), source, idempotencyKey, clock.instant()),
                request.interactionId() == null && idempotencyKey.isEmpty());
    }

    private void count(Source source, BatchAnswer.Item item) {
        if (item.answer() != null) {
            metrics.answered(source, item.answer().status());
        } else {
            metrics.rejected(source, HttpStatus.valueOf(item.code()));
        }
    }
}
