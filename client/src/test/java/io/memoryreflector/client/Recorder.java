package io.memoryreflector.client;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps whatever a collector tells. */
final class Recorder implements CollectorListener {

    private final Queue<OperationResult> results = new ConcurrentLinkedQueue<>();
    private final Queue<OperationId> slow = new ConcurrentLinkedQueue<>();

    @Override
    public void onResult(OperationResult result) {
        results.add(result);
    }

    @Override
    public void onSlow(OperationId id, Duration took) {
        slow.add(id);
    }

    List<OperationResult> results() {
        return List.copyOf(results);
    }

    /** Those of one kind. */
    <R extends OperationResult> List<R> results(Class<R> kind) {
        return results.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Ids of those of one kind, as texts. */
    List<String> ids(Class<? extends OperationResult> kind) {
        return results(kind).stream().map(result -> result.id().toString()).toList();
    }

    List<OperationId> slow() {
        return List.copyOf(slow);
    }
}
