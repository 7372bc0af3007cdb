package io.memoryreflector.store.recall;

/**
 * How a recall ranks.
 *
 * @param situations makes the vectors of the situations that procedures name
 * @param reranker has the last word on the order
 */
public record RecallSettings(Weights weights, SituationVectors situations, Reranker reranker) {

    /** The standard weights, and nothing from outside. */
    public static final RecallSettings STANDARD =
            new RecallSettings(Weights.STANDARD, SituationVectors.NONE, Reranker.NONE);
}
