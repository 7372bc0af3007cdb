package io.memoryreflector.reflection.model;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import io.memoryreflector.reflection.embedding.Embedder;
import io.memoryreflector.reflection.model.http.Deadline;
import io.memoryreflector.reflection.model.http.Exchanges;
import io.memoryreflector.reflection.model.http.NoAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The embeddings of an endpoint that speaks OpenAI's protocol.
 *
 * <p>Thread-safe; blocks its thread up to the time-out, unless it has seen the texts before. An error is a
 * {@link RuntimeException} with the endpoint's own words.
 */
public final class EndpointEmbedder implements Embedder, TimedEmbedder, AutoCloseable {

    /** Some endpoints take no more at once. */
    static final int MOST_TEXTS = 96;

    /** About 2 000 tokens, which every endpoint's model takes. */
    private static final int LONGEST_TEXT = 8_000;

    /** Numbers that are kept, 32 MB of them. */
    private static final long MOST_NUMBERS = 8_000_000;

    /** For others, where vectors are made in the background: little beside a model's answer. */
    private static final Duration LINGER = Duration.ofMillis(5);

    /** Of an answer: the longest vector that there is, in decimals. */
    private static final int BYTES_PER_TEXT = 16_384 * 24;

    private final Endpoint endpoint;
    private final String modelName;
    private final Duration timeout;
    private final Exchanges exchanges;
    private final ModelMetrics metrics;
    private final OpenAiEmbeddingModel model;
    private final SharedCalls shared = new SharedCalls(this::ask, MOST_TEXTS, LINGER);
    private final Cache<String, float[]> known = Caffeine.newBuilder()
            .maximumWeight(MOST_NUMBERS)
            .<String, float[]>weigher((text, vector) -> text.length() / 2 + vector.length)
            .executor(Runnable::run)
            .build();

    /** One of an endpoint that names an embedding model. */
    EndpointEmbedder(Endpoint endpoint, Duration timeout, Exchanges exchanges, ModelMetrics metrics) {
        this.endpoint = endpoint;
        modelName = endpoint.embeddingModel().orElseThrow();
        this.timeout = timeout;
        this.exchanges = exchanges;
        this.metrics = metrics;
        model = OpenAiEmbeddingModel.builder()
                .httpClientBuilder(exchanges.client())
                .baseUrl(endpoint.baseUrl().toString())
                .apiKey(endpoint.bearer().orElse(null))
                .customHeaders(endpoint.headers())
                .customQueryParams(endpoint.query())
                .modelName(modelName)
                .dimensions(endpoint.embeddingDimensions().orElse(null))
                .maxSegmentsPerBatch(MOST_TEXTS)
                .maxRetries(0)
                .build();
    }

    /** The model's name, with the length of its vectors where one was asked for. */
    @Override
    public String model() {
        return endpoint.embeddingDimensions()
                .map(dimensions -> modelName + "/" + dimensions)
                .orElse(modelName);
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        return embed(texts, Deadline.in(timeout), this::ask);
    }

    /** Texts of several reflections go in one call. */
    @Override
    public List<float[]> embed(List<String> texts, Deadline deadline) {
        return embed(texts, deadline, shared::vectors);
    }

    private List<float[]> embed(List<String> texts, Deadline deadline, SharedCalls.Ask ask) {
        var taken = texts.stream().map(EndpointEmbedder::taken).toList();
        var vectors = new HashMap<String, float[]>();
        vectors.putAll(known.getAllPresent(taken));
        var missing = new ArrayList<>(new LinkedHashSet<>(taken));
        missing.removeAll(vectors.keySet());
        for (var from = 0; from < missing.size(); from += MOST_TEXTS) {
            var batch = missing.subList(from, Math.min(from + MOST_TEXTS, missing.size()));
            var made = ask.vectors(batch, deadline);
            for (var place = 0; place < batch.size(); place++) {
                vectors.put(batch.get(place), made.get(place));
                known.put(batch.get(place), made.get(place));
            }
        }
        return taken.stream().map(vectors::get).toList();
    }

    /** Ends what is in flight. */
    @Override
    public void close() {
        exchanges.close();
    }

    private List<float[]> ask(List<String> texts, Deadline deadline) {
        var call = exchanges.until(deadline, texts.size() * BYTES_PER_TEXT);
        try {
            var segments = texts.stream().map(TextSegment::from).toList();
            var vectors = call.with(() -> model.embedAll(segments)).content().stream()
                    .map(EndpointEmbedder::ofUnitLength)
                    .toList();
            if (vectors.size() != texts.size()) {
                throw new IllegalStateException("got " + vectors.size() + " vectors for " + texts.size() + " texts");
            }
            metrics.call("embedding", "ok");
            return vectors;
        } catch (RuntimeException e) {
            var error = ModelFailures.isTheEndpoints(e) ? e : NoAnswer.unreadable(e);
            metrics.call("embedding", ModelFailures.outcome(error));
            throw error;
        }
    }

    /** Endpoints refuse a text without a word, and one that is too long. */
    private static String taken(String text) {
        var stripped = text.strip();
        if (stripped.isEmpty()) {
            return ".";
        }
        if (stripped.length() <= LONGEST_TEXT) {
            return stripped;
        }
        var splits = Character.isHighSurrogate(stripped.charAt(LONGEST_TEXT - 1));
        return stripped.substring(0, splits ? LONGEST_TEXT - 1 : LONGEST_TEXT);
    }

    private static float[] ofUnitLength(Embedding embedding) {
        var vector = embedding.vector().clone();
        var sum = 0.0;
        for (var number : vector) {
            sum += (double) number * number;
        }
        var length = Math.sqrt(sum);
        if (!(length > 0) || Double.isInfinite(length)) {
            throw new IllegalStateException("got a vector of length " + length);
        }
        for (var place = 0; place < vector.length; place++) {
            vector[place] = (float) (vector[place] / length);
        }
        return vector;
    }
}
