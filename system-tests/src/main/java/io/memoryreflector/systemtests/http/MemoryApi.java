package io.memoryreflector.systemtests.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the REST API. Thread-safe. */
public final class MemoryApi {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI base;
    private final Optional<String> key;

    /** @param base such as {@code http://127.0.0.1:8080} */
    public MemoryApi(URI base) {
        this(base, Optional.empty());
    }

    /** @param key that the service asks for */
    public MemoryApi(URI base, Optional<String> key) {
        this.base = base;
        this.key = key;
    }

    /** An answer: its status and its JSON, which is missing where the body is empty. */
    public record Answer(int status, JsonNode body) {}

    /** Posts one interaction. */
    public Answer post(Map<String, ?> interaction) {
        return send(interactionRequest("", interaction));
    }

    /** Posts one interaction and waits until it is reflected, or until the time is up. */
    public Answer post(Map<String, ?> interaction, Duration wait) {
        return send(interactionRequest("?wait=" + wait.toSeconds() + "s", interaction));
    }

    /** Posts one interaction without waiting; fails with an {@link IOException} where nobody answers. */
    public CompletableFuture<Answer> postAsync(Map<String, ?> interaction) {
        return http.sendAsync(interactionRequest("", interaction), HttpResponse.BodyHandlers.ofString())
                .thenApply(MemoryApi::answer);
    }

    /** Reads a path below the base, which is already encoded. */
    public Answer get(String path) {
        return send(request(path).GET().build());
    }

    /** What became of all that a user sent. */
    public JsonNode userStatus(String user) {
        return get("/api/v1/users/" + encode(user) + "/status").body();
    }

    /** What is remembered for a question. */
    public JsonNode recall(String user, String query, int limit) {
        return get("/api/v1/users/" + encode(user) + "/recall?limit=" + limit + "&query=" + encode(query))
                .body();
    }

    /** All memories of a tier, page by page. */
    public List<JsonNode> memories(String user, String tier) {
        var memories = new ArrayList<JsonNode>();
        var path = "/api/v1/users/" + encode(user) + "/memories?limit=100&tier=" + tier;
        for (var cursor = ""; cursor != null; ) {
            var page = get(cursor.isEmpty() ? path : path + "&cursor=" + encode(cursor))
                    .body();
            page.path("memories").forEach(memories::add);
            cursor = page.path("next_cursor").asString(null);
        }
        return memories;
    }

    private HttpRequest interactionRequest(String query, Map<String, ?> interaction) {
        return request("/api/v1/interactions" + query)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(interaction)))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
        key.ifPresent(given -> request.header("Authorization", "Bearer " + given));
        return request;
    }

    private Answer send(HttpRequest request) {
        try {
            return answer(http.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(request.uri() + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Answer answer(HttpResponse<String> response) {
        return new Answer(
                response.statusCode(), response.body().isEmpty() ? JSON.missingNode() : JSON.readTree(response.body()));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
