package io.memoryreflector.ingest.recall;

import io.memoryreflector.store.longterm.LongTermMemory;
import io.memoryreflector.store.recall.Recall;
import io.memoryreflector.store.recall.RecallSettings;
import io.memoryreflector.store.recall.Reranker;
import io.memoryreflector.store.recall.Weights;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How this service ranks. A bean of type {@link Reranker}, where there is one, has the last word on the order. */
@Configuration(proxyBeanMethods = false)
class RecallConfiguration {

    private static final long RECALL_BYTES = 256L << 20;

    @Bean
    Recall recall(LongTermMemory longTerm, QueryVectors vectors, ObjectProvider<Reranker> reranker) {
        return new Recall(
                longTerm,
                RECALL_BYTES,
                new RecallSettings(
                        Weights.STANDARD, vectors::ofSituations, reranker.getIfAvailable(() -> Reranker.NONE)));
    }
}
