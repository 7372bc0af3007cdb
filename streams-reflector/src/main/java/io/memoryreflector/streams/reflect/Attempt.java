package io.memoryreflector.streams.reflect;

import io.memoryreflector.events.TierStatus;
import io.memoryreflector.reflection.Usage;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;

/**
 * One call, as one of the tasks in it sees it.
 *
 * @param took time of the call
 * @param usage of the whole call
 * @param index of the task among those of the call
 * @param of how many there were
 * @param span of this attempt at the task; none where tracing is off
 */
record Attempt(Duration took, Usage usage, int index, int of, Span span) {

    /** Writes down the task's share; the shares of all add up to the whole. */
    TierStatus.Builder describe(TierStatus.Builder status) {
        return status.setTookMs(took.toMillis())
                .setModelCalls((double) usage.calls() / of)
                .setInputTokens(share(usage.inputTokens()))
                .setOutputTokens(share(usage.outputTokens()));
    }

    private long share(long whole) {
        return whole * (index + 1) / of - whole * index / of;
    }
}
