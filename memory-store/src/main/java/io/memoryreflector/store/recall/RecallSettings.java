package io.memoryreflector.store.recall;

import io.memoryreflector.schemas.Cores;

/**
 * How a recall ranks.
 *
 * @param situations makes the vectors of the situations that procedures name
 * @param reranker has the last word on the order
 * @param cores where it ranks
 */
public record RecallSettings(Weights weights, SituationVectors situations, Reranker reranker, Cores cores) {

    /** The standard weights, and nothing from outside. */
    public static final RecallSettings STANDARD =
            new RecallSettings(Weights.STANDARD, SituationVectors.NONE, Reranker.NONE, Cores.allButOne());
}
