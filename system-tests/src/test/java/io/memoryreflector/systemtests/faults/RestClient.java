package io.memoryreflector.systemtests.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The REST API for those who try again: what fails is an answer like any other. Thread-safe. */
final class RestClient {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final int ACCEPTED = 202;
    private static final int OK = 200;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI base;

    RestClient(URI base) {
        this.base = base;
    }

    /** Whether it is in. */
    boolean post(Map<String, Object> interaction) throws InterruptedException {
        try {
            return send("/api/v1/interactions", interaction).statusCode() == ACCEPTED;
        } catch (IOException e) {
            return false;
        }
    }

    /** Which of them are in. */
    BitSet postAll(List<Map<String, Object>> interactions) throws InterruptedException {
        var in = new BitSet();
        try {
            var answer = send("/api/v1/interactions:batch", interactions);
            if (answer.statusCode() / 100 == 2) {
                for (var item : JSON.readTree(answer.body()).path("items")) {
                    in.set(item.path("index").asInt(), item.path("code").asInt() == ACCEPTED);
                }
            }
        } catch (IOException e) {
            return in;
        }
        return in;
    }

    /** The JSON at a path, or a missing node where there is no good answer. */
    JsonNode get(String path) throws InterruptedException {
        try {
            var answer = http.send(
                    HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT).build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == OK ? JSON.readTree(answer.body()) : JSON.missingNode();
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    /** Whether a PUT without a body succeeded. */
    boolean put(String path) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(base.resolve(path))
                    .timeout(TIMEOUT)
                    .PUT(HttpRequest.BodyPublishers.noBody())
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() / 100 == 2;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpResponse<String> send(String path, Object body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
