package io.memoryreflector.reflection.model;

import io.memoryreflector.reflection.embedding.Embedder;
import io.memoryreflector.reflection.embedding.MiniLmEmbedder;
import io.memoryreflector.reflection.model.http.Exchanges;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Chooses who makes the vectors: the endpoint where it names a model for that, else a model in this process. */
public final class Embedders {

    private Embedders() {}

    /**
     * The embedder that the settings ask for. Whoever writes vectors and whoever looks for them has to use the same.
     *
     * @param timeout of one call of {@link Embedder#embed}; the model in this process takes no note of it
     */
    public static Embedder from(Endpoint endpoint, Duration timeout, MeterRegistry registry, Clock clock) {
        return from(endpoint, timeout, exchanges(endpoint, timeout, Optional.empty(), clock), registry);
    }

    static Embedder from(Endpoint endpoint, Duration timeout, Exchanges exchanges, MeterRegistry registry) {
        return endpoint.embeddingModel()
                .<Embedder>map(model ->
                        new EndpointEmbedder(endpoint, timeout, exchanges, new ModelMetrics(registry, model, 0, 0)))
                .orElseGet(MiniLmEmbedder::new);
    }

    static Exchanges exchanges(Endpoint endpoint, Duration timeout, Optional<Duration> hedgeAfter, Clock clock) {
        return new Exchanges(
                timeout,
                hedgeAfter,
                text -> endpoint.apiKey().map(key -> key.hiddenIn(text)).orElse(text),
                clock);
    }
}
