package io.memoryreflector.streams.session;

import io.memoryreflector.events.ReflectionOutcome;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.SessionSummary;
import io.memoryreflector.events.Tier;
import io.memoryreflector.events.TierStatus;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.trace.TraceParent;
import io.opentelemetry.api.trace.Span;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** What the stage of the sessions writes: summaries, and what a model's calls have cost. One stream thread. */
record SummaryOutput(SessionProcessor.Nodes nodes, ProcessorContext<String, SpecificRecord> context) {

    /** A summary, in the place of all those of its session with lower revisions. */
    void write(SessionSummary summary, long now) {
        write(summary, Span.getInvalid(), now);
    }

    /** The same, with the attempt that made it in its header. */
    void write(SessionSummary summary, Span attempt, long now) {
        var record = new Record<String, SpecificRecord>(user(summary), summary, now);
        if (attempt.getSpanContext().isValid()) {
            TraceParent.set(record.headers(), attempt);
        }
        context.forward(record, nodes.summaries());
    }

    /**
     * What a call has cost, which counts where the lanes' calls do, whatever becomes of its answer; nothing where no model
     * was asked.
     *
     * @param attempt from 1
     */
    void charge(
            SummaryCall.Completion completion, ReflectorVersion version, ReflectionState state, int attempt, long now) {
        var usage = completion.reflection().usage();
        if (usage.calls() == 0) {
            return;
        }
        var extract = completion.call().request().extract();
        var outcome = ReflectionOutcome.newBuilder()
                .setInteractionId("")
                .setNamespace(extract.getNamespace())
                .setUserId(extract.getUserId())
                .setSessionId(extract.getSessionId())
                .setOccurredAt(extract.getOccurredAt())
                .setReceivedAt(extract.getRecordedAt())
                .setTier(TierStatus.newBuilder()
                        .setTier(Tier.UNKNOWN)
                        .setState(state)
                        .setAttempts(attempt)
                        .setMemoryIds(List.of(extract.getMemoryId()))
                        .setReflector(version)
                        .setTookMs(completion.took().toMillis())
                        .setModelCalls(usage.calls())
                        .setInputTokens(usage.inputTokens())
                        .setOutputTokens(usage.outputTokens())
                        .setUpdatedAt(Instant.ofEpochMilli(now))
                        .build())
                .build();
        context.forward(new Record<>(user(extract), outcome, now), nodes.outcomes());
    }

    private static String user(SessionSummary summary) {
        return new UserKey(summary.getNamespace(), summary.getUserId()).toString();
    }
}
