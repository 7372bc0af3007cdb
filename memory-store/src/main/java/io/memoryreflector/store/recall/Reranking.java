package io.memoryreflector.store.recall;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a reranker its candidates, and takes from it an order and nothing else. Thread-safe. */
final class Reranking {

    private static final Logger LOG = LoggerFactory.getLogger(Reranking.class);

    private final Reranker reranker;

    Reranking(Reranker reranker) {
        this.reranker = reranker;
    }

    /** @param ranking ranks for a query that may have a higher limit */
    List<RecalledItem> of(RecallQuery query, Function<RecallQuery, List<RecalledItem>> ranking) {
        if (reranker == Reranker.NONE) {
            return ranking.apply(query);
        }
        var candidates = ranking.apply(wider(query));
        var ordered = ordered(query, candidates);
        return TokenBudget.cut(ordered.subList(0, Math.min(query.limit(), ordered.size())), query.maxTokens());
    }

    private RecallQuery wider(RecallQuery query) {
        return new RecallQuery(
                query.user(),
                query.text(),
                query.vector(),
                query.vectorModel(),
                Math.max(query.limit(), reranker.candidates()),
                query.tiers(),
                query.asOf(),
                OptionalInt.empty(),
                query.askedAt());
    }

    private List<RecalledItem> ordered(RecallQuery query, List<RecalledItem> candidates) {
        var left = new HashMap<String, RecalledItem>();
        candidates.forEach(item -> left.put(item.memory().memoryId(), item));
        var ordered = new ArrayList<RecalledItem>();
        try {
            for (var item : reranker.rerank(query, candidates)) {
                if (left.remove(item.memory().memoryId()) != null) {
                    ordered.add(item);
                }
            }
            return ordered;
        } catch (RuntimeException e) {
            LOG.warn("a reranker failed, the order stays as it was: {}", e.toString());
            return candidates;
        }
    }
}
