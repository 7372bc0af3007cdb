package io.memoryreflector.reflection.model;

import io.memoryreflector.reflection.Usage;
import io.memoryreflector.reflection.model.http.NoAnswer;

/**
 * What one reflection has cost so far.
 *
 * <p>Threading: belongs to the thread of the reflection.
 */
final class Bill {

    private final ModelMetrics metrics;
    private final Scope scope;
    private final String namespace;
    private Usage usage = Usage.NONE;

    Bill(ModelMetrics metrics, Scope scope, String namespace) {
        this.metrics = metrics;
        this.scope = scope;
        this.namespace = namespace;
    }

    /** A call that was answered, whatever the answer is worth. */
    void answered(int requests, Reply reply) {
        add(requests, reply.inputTokens(), reply.outputTokens());
    }

    /** A call that failed; it is paid for where the endpoint had the question and did not turn it down. */
    void failed(int requests, RuntimeException error, long inputTokens) {
        metrics.call(scope.word(), ModelFailures.outcome(error));
        var wasRead = error instanceof NoAnswer noAnswer && noAnswer.reason() != NoAnswer.Reason.CANCELLED;
        add(requests, wasRead && !ModelFailures.isUnreachable(error) ? inputTokens : 0, 0);
    }

    /** How the last answered call turned out. */
    void outcome(String outcome) {
        metrics.call(scope.word(), outcome);
    }

    /** A second request for one call. */
    void hedged() {
        metrics.call(scope.word(), "hedged");
    }

    Usage usage() {
        return usage;
    }

    private void add(int requests, long input, long output) {
        usage = usage.plus(new Usage(input, output, requests));
        metrics.tokens(scope, namespace, input, output);
    }
}
