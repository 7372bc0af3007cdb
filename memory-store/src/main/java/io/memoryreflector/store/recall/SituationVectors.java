package io.memoryreflector.store.recall;

import java.util.List;

/** The vectors of the situations that procedures name, made when a user's memories are loaded. Thread-safe. */
@FunctionalInterface
public interface SituationVectors {

    /** Makes none: a procedure is then found by its whole text alone. */
    SituationVectors NONE = situations -> List.of();

    /**
     * Vectors of unit length by the model that makes those of questions.
     *
     * @return one for each in order, or an empty list where none can be had
     */
    List<float[]> of(List<String> situations);
}
