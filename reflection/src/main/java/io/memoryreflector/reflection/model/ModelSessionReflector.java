package io.memoryreflector.reflection.model;

import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.SessionSummary;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.reflection.Reflection;
import io.memoryreflector.reflection.model.http.Deadline;
import io.memoryreflector.reflection.session.SessionDigest;
import io.memoryreflector.reflection.session.SessionLine;
import io.memoryreflector.reflection.session.SessionReflector;
import io.memoryreflector.reflection.session.SessionRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Has a model tell a session in short, from the session's memories. It is not shown those that give orders to it, so
 * nothing can come of them. Thread-safe.
 */
final class ModelSessionReflector implements SessionReflector {

    /** Beyond that a summary gets no better, only dearer. */
    private static final int MOST_LINES = 100;

    /** Of a memory's text, which is short, and what stands around it. */
    private static final int TOKENS_A_LINE = 100;

    private final ReflectorVersion version;
    private final Interview interview;
    private final ModelMetrics metrics;
    private final Duration timeout;

    ModelSessionReflector(ReflectorVersion version, Interview interview, ModelMetrics metrics, Duration timeout) {
        this.version = version;
        this.interview = interview;
        this.metrics = metrics;
        this.timeout = timeout;
    }

    @Override
    public ReflectorVersion version() {
        return version;
    }

    @Override
    public CompletionStage<Reflection<SessionSummary>> reflect(SessionRequest request) {
        var deadline = Deadline.in(timeout);
        var namespace = request.extract().getNamespace();
        var bill = new Bill(metrics, Scope.SESSION, namespace);
        try {
            var lines = shown(request);
            if (lines.isEmpty()) {
                return CompletableFuture.completedFuture(new Reflection.Reflected<>(List.of(List.of())));
            }
            var told = interview.ask(new SessionQuestion(namespace, lines), deadline, bill);
            return CompletableFuture.completedFuture(
                    new Reflection.Reflected<>(List.of(List.of(summary(request.extract(), told))), bill.usage()));
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(new Reflection.Failed<>(ModelFailures.of(e), bill.usage()));
        }
    }

    private static List<SessionLine> shown(SessionRequest request) {
        var harmless = request.lines().stream()
                .filter(line -> !OrderToModel.isIn(line.text()))
                .toList();
        return SessionDigest.most(harmless, Math.max(1, Math.min(MOST_LINES, request.tokens() / TOKENS_A_LINE)));
    }

    private SessionSummary summary(SessionSummary extract, ToldSession told) {
        var sources = new LinkedHashSet<SourceRef>();
        told.from().forEach(line -> sources.addAll(line.sources()));
        return SessionSummary.newBuilder(extract)
                .setSummary(told.summary())
                .setSources(new ArrayList<>(sources))
                .setReflector(version)
                .build();
    }
}
