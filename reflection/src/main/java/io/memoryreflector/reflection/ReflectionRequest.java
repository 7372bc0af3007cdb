package io.memoryreflector.reflection;

import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.state.KnownFact;
import java.util.List;

/**
 * What a reflector is asked.
 *
 * @param tasks of one user and one tier, oldest first, at least one
 * @param known what the user's semantic lane holds for true and may bear on the tasks; empty in the other lanes
 * @param answered may be called, on any thread, once the provider has said all that it will be asked and the rest is the
 *     reflector's own work
 */
public record ReflectionRequest(List<ReflectionTask> tasks, List<KnownFact> known, Runnable answered) {

    /** Tasks about a user of whom nothing is known. */
    public static ReflectionRequest of(List<ReflectionTask> tasks) {
        return new ReflectionRequest(tasks, List.of(), () -> {});
    }
}
