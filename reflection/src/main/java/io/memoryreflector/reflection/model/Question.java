package io.memoryreflector.reflection.model;

import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.state.KnownFact;
import java.util.List;

/**
 * What a model is asked about. In a request the tasks are called I1, I2 and so on, their messages I1.1, I1.2, messages
 * that are context only C1, C2, and known facts K1, K2.
 *
 * @param tasks of one user, oldest first, at least one
 * @param known what may bear on them
 */
record Question(Scope scope, List<ReflectionTask> tasks, List<KnownFact> known) {

    String namespace() {
        return tasks.get(0).getNamespace();
    }
}
