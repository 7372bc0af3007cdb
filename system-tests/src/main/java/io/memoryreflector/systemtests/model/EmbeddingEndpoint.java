package io.memoryreflector.systemtests.model;

import com.sun.net.httpserver.HttpExchange;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * {@code /embeddings}: a vector of unit length in which each word has its place, so that texts with the same words are
 * near. Always answers, and at once. Thread-safe.
 */
final class EmbeddingEndpoint {

    private static final int DIMENSIONS = 384;
    private static final int MOST_DIMENSIONS = 4_096;
    private static final int MOST_INPUTS = 2_048;

    private final CallLog log;
    private final Delivery delivery;
    private final InstantSource clock;

    EmbeddingEndpoint(CallLog log, Delivery delivery, InstantSource clock) {
        this.log = log;
        this.delivery = delivery;
        this.clock = clock;
    }

    /** @throws IllegalArgumentException naming the field, what it got and what it takes */
    void answer(HttpExchange exchange, JsonNode request) {
        var model = request.path("model").asString("");
        var texts = texts(request.path("input"));
        var dimensions = request.path("dimensions").asInt(DIMENSIONS);
        if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
            throw new IllegalArgumentException("dimensions: got " + dimensions + ", takes 1 to " + MOST_DIMENSIONS);
        }
        var tokens = Completions.tokens(texts.stream().mapToInt(String::length).sum());
        log.add(number -> new Call(
                number, clock.instant(), Call.Endpoint.EMBEDDINGS, model, "", texts, false, 0, Outcome.OK, tokens, 0));
        var base64 = request.path("encoding_format").asString("float").equals("base64");
        var data = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < texts.size(); i++) {
            var vector = vector(texts.get(i), dimensions);
            data.add(Map.of("object", "embedding", "index", i, "embedding", base64 ? base64(vector) : vector));
        }
        var body = Map.of(
                "object",
                "list",
                "data",
                data,
                "model",
                model,
                "usage",
                Map.of("prompt_tokens", tokens, "total_tokens", tokens));
        delivery.send(exchange, Outcome.OK, Reply.of(200, body), Duration.ZERO, () -> {});
    }

    private static List<String> texts(JsonNode input) {
        var texts = input.isArray()
                ? input.valueStream().map(text -> text.asString("")).toList()
                : input.isString() ? List.of(input.asString()) : List.<String>of();
        if (texts.isEmpty() || texts.size() > MOST_INPUTS) {
            throw new IllegalArgumentException("input: got " + texts.size() + " texts, takes 1 to " + MOST_INPUTS);
        }
        return texts;
    }

    private static float[] vector(String text, int dimensions) {
        var vector = new float[dimensions];
        // No text is without a direction.
        vector[0] = 0.1f;
        for (var word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
            vector[Math.floorMod(word.hashCode() * 0x9E3779B9, dimensions)] += 1;
        }
        var length = 0.0;
        for (var value : vector) {
            length += value * value;
        }
        for (int i = 0; i < dimensions; i++) {
            vector[i] /= (float) Math.sqrt(length);
        }
        return vector;
    }

    private static String base64(float[] vector) {
        var bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (var value : vector) {
            bytes.putFloat(value);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
