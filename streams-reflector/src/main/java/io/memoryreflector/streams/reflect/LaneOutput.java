package io.memoryreflector.streams.reflect;

import io.memoryreflector.events.DeadLetter;
import io.memoryreflector.events.ErrorInfo;
import io.memoryreflector.events.ReflectionOutcome;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.Tier;
import io.memoryreflector.events.TierStatus;
import io.memoryreflector.reflection.poison.Suspicion;
import io.memoryreflector.schemas.trace.LogFields;
import io.memoryreflector.schemas.trace.TraceParent;
import io.memoryreflector.state.PendingTask;
import io.memoryreflector.streams.EarlyCommits;
import io.memoryreflector.streams.Origins;
import io.memoryreflector.streams.deadletter.Replays;
import io.memoryreflector.streams.metrics.LaneMetrics;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a lane writes when something has become of a task: memories, retries, dead letters, and the outcome beside each.
 * Key, headers and time come from the pending entry: inside a punctuation the context has none. One stream thread.
 */
final class LaneOutput {

    private static final Logger LOG = LoggerFactory.getLogger(LaneOutput.class);

    private final ReflectProcessor.Nodes nodes;
    private final Tier tier;
    private final ReflectorVersion version;
    private final LaneMetrics metrics;
    private final EarlyCommits commits;
    private final ProcessorContext<String, SpecificRecord> context;

    LaneOutput(
            ReflectProcessor.Nodes nodes,
            Tier tier,
            ReflectorVersion version,
            LaneMetrics metrics,
            EarlyCommits commits,
            ProcessorContext<String, SpecificRecord> context) {
        this.nodes = nodes;
        this.tier = tier;
        this.version = version;
        this.metrics = metrics;
        this.commits = commits;
        this.context = context;
    }

    /** The task is done; its memories are held back where it is suspicious. */
    void completed(
            PendingTask origin,
            ReflectionTask task,
            List<? extends SpecificRecord> memories,
            Optional<Suspicion> suspicion,
            Attempt attempt,
            Instant now) {
        var ids = new ArrayList<String>(memories.size());
        for (var memory : memories) {
            ids.add(memory.get(memory.getSchema().getField("memory_id").pos()).toString());
            suspicion.ifPresent(it -> holdBack(memory, it));
            forward(origin, memory, nodes.memories(), attempt.span());
        }
        outcome(
                origin,
                task,
                status(task, ReflectionState.COMPLETED, attempt, now).setMemoryIds(ids),
                attempt.span());
        LaneSpans.settled(attempt.span(), "completed");
        metrics.settled("completed", Duration.between(task.getRecordedAt(), now));
    }

    private void holdBack(SpecificRecord memory, Suspicion suspicion) {
        memory.put(memory.getSchema().getField("quarantine").pos(), suspicion.reason());
        metrics.heldBack();
    }

    /** The task goes to the retry topic. */
    void retried(PendingTask origin, ReflectionTask task, ReflectionTask again, Attempt attempt, Instant now) {
        forward(origin, again, nodes.retry(), Span.getInvalid());
        heldBack(origin, task, again.getNotBefore(), again.getLastError(), attempt, now);
    }

    /** The task waits in its lane for its next attempt. */
    void heldBack(
            PendingTask origin, ReflectionTask task, Instant notBefore, ErrorInfo error, Attempt attempt, Instant now) {
        outcome(
                origin,
                task,
                status(task, ReflectionState.RETRYING, attempt, now)
                        .setNextAttemptAt(notBefore)
                        .setError(error),
                attempt.span());
        LaneSpans.retried(attempt.span(), notBefore, error.getErrorClass());
        metrics.retried();
    }

    /** The task is parked. */
    void parked(PendingTask origin, ReflectionTask task, DeadLetter letter, Attempt attempt, Instant now) {
        refused(origin, letter);
        var status = status(task, ReflectionState.FAILED, attempt, now).setError(letter.getLastFailure());
        outcome(origin, task, status, attempt.span());
        LaneSpans.parked(
                attempt.span(), letter.getReason(), letter.getLastFailure().getErrorClass());
        LogFields.with(
                task.getInteractionId(),
                origin.getRecordKey(),
                Origins.traceparent(origin),
                () -> LOG.warn(
                        "{}: interaction {} is a dead letter after {} attempts, {}: {}",
                        tier,
                        task.getInteractionId(),
                        task.getAttempt() + 1,
                        letter.getReason(),
                        letter.getLastFailure().getErrorClass()));
        metrics.settled("failed", Duration.between(task.getRecordedAt(), now));
    }

    /** A record that is no task of this lane is parked. */
    void refused(PendingTask origin, DeadLetter letter) {
        forward(origin, letter, nodes.deadLetters(), Span.getInvalid());
        metrics.parked(letter.getReason());
    }

    private TierStatus.Builder status(ReflectionTask task, ReflectionState state, Attempt attempt, Instant now) {
        return attempt.describe(TierStatus.newBuilder()
                .setTier(tier)
                .setState(state)
                .setAttempts(task.getAttempt() + 1)
                .setReflector(version)
                .setUpdatedAt(now));
    }

    private void outcome(PendingTask origin, ReflectionTask task, TierStatus.Builder status, Span span) {
        var outcome = ReflectionOutcome.newBuilder()
                .setInteractionId(task.getInteractionId())
                .setNamespace(task.getNamespace())
                .setUserId(task.getUserId())
                .setSessionId(task.getSessionId())
                .setOccurredAt(task.getOccurredAt())
                .setSource(task.getSource())
                .setReceivedAt(task.getRecordedAt())
                .setTier(status.build())
                .build();
        forward(origin, outcome, nodes.outcomes(), span);
        commits.wrote(context);
    }

    /** A task that comes back, and a dead letter, stay where they are in the trace: the next attempt is beside this one. */
    private void forward(PendingTask origin, SpecificRecord value, String child, Span span) {
        var headers = Origins.headers(origin.getHeaders());
        if (span.getSpanContext().isValid()) {
            TraceParent.set(headers, span);
        }
        if (!child.equals(nodes.retry())) {
            Replays.withoutHistory(headers);
        }
        context.forward(new Record<>(origin.getRecordKey(), value, origin.getSourceTimestamp(), headers), child);
    }
}
