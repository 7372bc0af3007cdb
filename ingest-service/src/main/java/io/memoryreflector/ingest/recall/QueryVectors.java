package io.memoryreflector.ingest.recall;

import io.memoryreflector.reflection.embedding.Embedder;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The vectors of questions. Where a model's endpoint makes them and does not answer, a question goes without: a ranking
 * by words is worth more than an error. Thread-safe.
 */
@Component
class QueryVectors {

    private static final Logger LOG = LoggerFactory.getLogger(QueryVectors.class);

    private final Embedder embedder;
    private final Counter without;

    QueryVectors(Embedder embedder, MeterRegistry meters) {
        this.embedder = embedder;
        this.without = Counter.builder("reflector.recall.without.vector")
                .description("Recalls that were ranked by words alone, as no vector of the question could be had")
                .register(meters);
    }

    String model() {
        return embedder.model();
    }

    Optional<float[]> of(String question) {
        try {
            return Optional.of(embedder.embed(question));
        } catch (RuntimeException e) {
            without.increment();
            LOG.warn("no vector of a question from {}: {}", embedder.model(), e.toString());
            return Optional.empty();
        }
    }

    /** Of the situations that procedures name; none where they cannot be had, and procedures are found by their text. */
    List<float[]> ofSituations(List<String> situations) {
        try {
            return embedder.embed(situations);
        } catch (RuntimeException e) {
            LOG.warn("no vectors of {} situations from {}: {}", situations.size(), embedder.model(), e.toString());
            return List.of();
        }
    }
}
