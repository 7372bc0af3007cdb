package io.memoryreflector.store.recall;

import java.util.List;

/**
 * Orders what was found anew, for example by a cross-encoder. Called on the thread of whoever asks, who waits for it, by
 * many threads at once.
 */
@FunctionalInterface
public interface Reranker {

    /** Leaves the order as it is. */
    Reranker NONE = (query, candidates) -> candidates;

    /** How many candidates it is given, where there are as many; at least the question's limit is. */
    default int candidates() {
        return 0;
    }

    /**
     * The candidates in another order. What is left out is not recalled; what is none of the candidates is dropped, so
     * no reranker can bring in another user's. If it throws, the order stays as it was.
     *
     * @param candidates best first
     */
    List<RecalledItem> rerank(RecallQuery query, List<RecalledItem> candidates);
}
