package io.memoryreflector.reflection.model;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.memoryreflector.schemas.env.Environment;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An endpoint that answers what a test wants, and embeds every text. */
final class ModelServer implements AutoCloseable {

    static final String CHAT = "/v1/chat/completions";
    static final String EMBEDDINGS = "/v1/embeddings";
    static final String KEY = "sk-test-0123456789abcdef";
    static final JsonMapper JSON = new JsonMapper();

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    final WireMockServer wireMock = new WireMockServer(
            wireMockConfig().dynamicPort().containerThreads(40).extensions(new VectorPerText()));
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private int step;

    ModelServer() {
        wireMock.start();
        wireMock.stubFor(post(urlPathMatching(".*/embeddings"))
                .atPriority(10)
                .willReturn(aResponse().withStatus(200).withTransformers("vector-per-text")));
    }

    String url() {
        return wireMock.baseUrl();
    }

    ModelReflectors reflectors(String... more) {
        return reflectors(TIMEOUT, more);
    }

    ModelReflectors reflectors(Duration timeout, String... more) {
        return ModelReflectors.of(settings(more), timeout, metrics, Clock.systemUTC());
    }

    ModelSettings settings(String... more) {
        return ModelSettings.from(new Environment(variables(more))).orElseThrow();
    }

    private Map<String, String> variables(String... more) {
        var variables = new HashMap<>(Map.of(
                "OPENAI_BASE_URL",
                url() + "/v1",
                "OPENAI_API_KEY",
                KEY,
                "OPENAI_MODEL",
                "test-model",
                "OPENAI_EMBEDDING_MODEL",
                "test-embedding"));
        for (var place = 0; place < more.length; place += 2) {
            variables.put(more[place], more[place + 1]);
        }
        return variables;
    }

    /** The answers to the chat requests, in order; the last one from then on. */
    void answer(ResponseDefinitionBuilder... answers) {
        step++;
        for (var place = 0; place < answers.length; place++) {
            var isLast = place == answers.length - 1;
            wireMock.stubFor(post(urlPathMatching(".*/chat/completions"))
                    .inScenario("answers " + step)
                    .whenScenarioStateIs(place == 0 ? Scenario.STARTED : "after " + place)
                    .willSetStateTo(
                            isLast ? (place == 0 ? Scenario.STARTED : "after " + place) : "after " + (place + 1))
                    .willReturn(answers[place]));
        }
    }

    /** A usual answer with this content. */
    static ResponseDefinitionBuilder says(String content) {
        return completion(content, "stop");
    }

    static ResponseDefinitionBuilder completion(String content, String finishReason) {
        return json(200, """
                {"id":"c-1","object":"chat.completion","created":1,"model":"test-model",
                 "choices":[{"index":0,"finish_reason":%s,"message":{"role":"assistant","content":%s}}],
                 "usage":{"prompt_tokens":100,"completion_tokens":20,"total_tokens":120}}
                """.formatted(JSON.writeValueAsString(finishReason), JSON.writeValueAsString(content)));
    }

    static ResponseDefinitionBuilder error(int status, String code, String parameter, String message) {
        return json(status, """
                {"error":{"message":%s,"type":"invalid_request_error","param":%s,"code":%s}}
                """.formatted(
                JSON.writeValueAsString(message), JSON.writeValueAsString(parameter), JSON.writeValueAsString(code)));
    }

    static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody(body);
    }

    /** The chat requests so far, oldest first. */
    List<JsonNode> asked() {
        return requests(CHAT).stream()
                .map(request -> JSON.readTree(request.getBodyAsString()))
                .toList();
    }

    List<LoggedRequest> requests(String path) {
        return wireMock.findAll(postRequestedFor(urlPathEqualTo(path)));
    }

    /** The JSON object that the user's message of a chat request is. */
    static JsonNode question(JsonNode request) {
        return JSON.readTree(request.path("messages").get(1).path("content").asString());
    }

    double counted(String name, String... tags) {
        var counter = metrics.find(name).tags(tags).counters();
        return counter.stream().mapToDouble(found -> found.count()).sum();
    }

    @Override
    public void close() {
        wireMock.stop();
    }

    /** Answers a request for embeddings with a vector made of each text's length. */
    private static final class VectorPerText implements ResponseTransformerV2 {
        @Override
        public Response transform(Response response, ServeEvent event) {
            var data = JSON.createObjectNode();
            var vectors = data.putArray("data");
            for (var text : JSON.readTree(event.getRequest().getBodyAsString()).path("input")) {
                vectors.addObject()
                        .put("object", "embedding")
                        .put("index", vectors.size() - 1)
                        .putArray("embedding")
                        .add(text.asString().length())
                        .add(1);
            }
            data.putObject("usage").put("prompt_tokens", 1).put("total_tokens", 1);
            return Response.Builder.like(response)
                    .but()
                    .body(JSON.writeValueAsString(data))
                    .build();
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }

        @Override
        public String getName() {
            return "vector-per-text";
        }
    }
}
