package io.memoryreflector.reflection.model;

import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static io.memoryreflector.reflection.model.ModelServer.error;
import static io.memoryreflector.reflection.model.ModelServer.json;
import static io.memoryreflector.reflection.model.ModelServer.says;
import static io.memoryreflector.reflection.model.Talk.episodes;
import static io.memoryreflector.reflection.model.Talk.memories;
import static io.memoryreflector.reflection.model.Talk.reflection;
import static io.memoryreflector.reflection.model.Talk.task;
import static io.memoryreflector.reflection.model.Talk.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.memoryreflector.events.Episode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers as the servers give them that people use, with the fields that each of them adds or leaves out. */
class EndpointShapesTest {

    private final ModelServer server = new ModelServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldSpeakToOpenAi() {
        server.answer(json(200, """
                {"id":"chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT","object":"chat.completion","created":1741569952,
                 "model":"gpt-4.1-mini-2025-04-14","choices":[{"index":0,"message":{"role":"assistant","content":%s,
                 "refusal":null,"annotations":[]},"logprobs":null,"finish_reason":"stop"}],
                 "usage":{"prompt_tokens":19,"completion_tokens":10,"total_tokens":29,
                 "prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},
                 "completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0,"accepted_prediction_tokens":0,
                 "rejected_prediction_tokens":0}},"service_tier":"default","system_fingerprint":"fp_1"}""".formatted(text(episodes("Hello.")))));

        assertThat(episode().getSummary()).isEqualTo("Hello.");

        var request = server.requests(ModelServer.CHAT).get(0);
        assertThat(request.getHeader("Authorization")).isEqualTo("Bearer " + ModelServer.KEY);
        assertThat(request.containsHeader("Upgrade")).isFalse();
        var body = server.asked().get(0);
        assertThat(body.path("model").asString()).isEqualTo("test-model");
        assertThat(body.path("temperature").asDouble()).isZero();
        assertThat(body.path("max_tokens").asInt()).isEqualTo(4_096);
        assertThat(body.path("stream").asBoolean()).isFalse();
        var format = body.path("response_format");
        assertThat(format.path("type").asString()).isEqualTo("json_schema");
        assertThat(format.path("json_schema").path("strict").asBoolean()).isTrue();
        assertThat(format.path("json_schema").path("name").asString()).isEqualTo("memories_episodic");
        assertThat(format.path("json_schema").path("schema"))
                .isEqualTo(ModelServer.JSON.readTree(
                        AnswerSchema.of(Scope.EPISODIC).text()));
    }

    @Test
    void shouldSpeakToOllama() {
        server.answer(json(200, """
                {"id":"chatcmpl-472","object":"chat.completion","created":1741569952,"model":"llama3.2",
                 "system_fingerprint":"fp_ollama","choices":[{"index":0,"message":{"role":"assistant","content":%s},
                 "finish_reason":"stop"}],"usage":{"prompt_tokens":31,"completion_tokens":9,"total_tokens":40}}""".formatted(text(episodes("Hello.")))));

        assertThat(episode("OPENAI_API_KEY", "").getSummary()).isEqualTo("Hello.");

        assertThat(server.requests(ModelServer.CHAT).get(0).containsHeader("Authorization"))
                .isFalse();
    }

    @Test
    void shouldSpeakToVllm() {
        server.answer(json(200, """
                {"id":"chatcmpl-1","object":"chat.completion","created":1741569952,"model":"Qwen/Qwen3-8B",
                 "choices":[{"index":0,"message":{"role":"assistant","content":%s,"refusal":null,"annotations":null,
                 "audio":null,"function_call":null,"tool_calls":[],"reasoning_content":"The user says {hello}."},
                 "logprobs":null,"finish_reason":"stop","stop_reason":null,"token_ids":null}],
                 "service_tier":null,"system_fingerprint":null,"usage":{"prompt_tokens":12,"total_tokens":20,
                 "completion_tokens":8,"prompt_tokens_details":null},"prompt_logprobs":null,"kv_transfer_params":null}""".formatted(text(episodes("Hello.")))));

        assertThat(episode().getSummary()).isEqualTo("Hello.");
    }

    @Test
    void shouldSpeakToAzure() {
        server.answer(json(200, """
                {"choices":[{"content_filter_results":{"hate":{"filtered":false,"severity":"safe"}},"finish_reason":"stop",
                 "index":0,"logprobs":null,"message":{"content":%s,"role":"assistant"}}],"created":1741569952,
                 "id":"chatcmpl-1","model":"gpt-4o-2024-11-20","object":"chat.completion",
                 "prompt_filter_results":[{"prompt_index":0,"content_filter_results":{}}],"system_fingerprint":"fp",
                 "usage":{"completion_tokens":9,"prompt_tokens":33,"total_tokens":42}}""".formatted(text(episodes("Hello.")))));
        var deployment = "/openai/deployments/my-gpt";

        var episode = episode("OPENAI_BASE_URL", server.url() + deployment + "/", "OPENAI_API_VERSION", "2024-10-21");

        assertThat(episode.getSummary()).isEqualTo("Hello.");
        var request = server.requests(deployment + "/chat/completions").get(0);
        assertThat(request.getUrl()).isEqualTo(deployment + "/chat/completions?api-version=2024-10-21");
        assertThat(request.getHeader("api-key")).isEqualTo(ModelServer.KEY);
        assertThat(request.containsHeader("Authorization")).isFalse();
        var embedding = server.requests(deployment + "/embeddings").get(0);
        assertThat(embedding.getHeader("api-key")).isEqualTo(ModelServer.KEY);
        assertThat(embedding.getUrl()).endsWith("?api-version=2024-10-21");
    }

    @Test
    void shouldStepDownOnceWhereSchemasAreRefused() {
        server.answer(says(episodes("Hello.")));
        refuse(
                "json_schema",
                error(400, null, "response_format", "'response_format' of type 'json_schema' is not supported"));

        try (var reflectors = server.reflectors("REFLECTION_CACHE_ENTRIES", "0")) {
            memories(reflection(reflectors.episodic(), task("i-1", user("m-1", "one"))));
            memories(reflection(reflectors.episodic(), task("i-2", user("m-2", "two"))));
        }

        var formats = server.asked().stream()
                .map(request -> request.path("response_format").path("type").asString())
                .toList();
        assertThat(formats).containsExactly("json_schema", "json_object", "json_object");
        assertThat(server.asked().get(0).path("messages").get(0).path("content").asString())
                .doesNotContain("\"additionalProperties\"");
        assertThat(server.asked().get(1).path("messages").get(0).path("content").asString())
                .contains("\"additionalProperties\"");
    }

    @Test
    void shouldStepDownToTextWhereJsonIsRefusedToo() {
        server.answer(says("Sure! Here it is:\n```json\n" + episodes("Hello.") + "\n```\nAnything else {maybe}?"));
        refuse("json_schema", error(400, null, null, "This response_format type is unavailable now"));
        refuse("json_object", error(400, null, null, "'response_format.type' must be 'json_schema'"));

        assertThat(episode().getSummary()).isEqualTo("Hello.");

        assertThat(server.asked()).hasSize(3);
        assertThat(server.asked().get(2).has("response_format")).isFalse();
    }

    @Test
    void shouldWaitForBetterSettingsWhereWhatWasSetIsRefused() {
        server.answer(says(episodes("Hello.")));
        refuse("json_schema", error(400, null, "response_format", "not supported"));

        try (var reflectors = server.reflectors("OPENAI_STRUCTURED_OUTPUT", "json_schema")) {
            var reflection = reflection(reflectors.episodic(), task("i-1", user("m-1", "one")));
            assertThat(Talk.failure(reflection).kind()).isEqualTo("provider_down");
        }
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void shouldSpeakAsReasoningModelsWantIt() {
        server.answer(says(episodes("Hello.")));
        server.wireMock.stubFor(post(urlPathMatching(".*/chat/completions"))
                .atPriority(2)
                .withRequestBody(matchingJsonPath("$.temperature"))
                .willReturn(error(
                        400, "unsupported_value", "temperature", "'temperature' does not support 0 with this model")));
        server.wireMock.stubFor(post(urlPathMatching(".*/chat/completions"))
                .atPriority(1)
                .withRequestBody(matchingJsonPath("$.max_tokens"))
                .willReturn(error(
                        400,
                        "unsupported_parameter",
                        "max_tokens",
                        "'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.")));

        assertThat(episode().getSummary()).isEqualTo("Hello.");

        assertThat(server.asked()).hasSize(3);
        assertThat(server.asked().get(2).path("max_completion_tokens").asInt()).isEqualTo(4_096);
        assertThat(server.asked().get(2).has("max_tokens")).isFalse();
        assertThat(server.asked().get(2).has("temperature")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s",
                "```json\n%s\n```",
                "```\n%s\n```",
                "Here you are: %s I hope {this} helps.",
                "<think>I could say {\"episodes\":[]} but no</think>\n%s",
                "{\"note\":1} %s"
            })
    void shouldFindTheObjectInText(String answer) {
        server.answer(says(answer.formatted(episodes("Hello."))));

        assertThat(episode("OPENAI_STRUCTURED_OUTPUT", "text").getSummary()).isEqualTo("Hello.");
        assertThat(server.asked()).hasSize(1);
    }

    private void refuse(String format, ResponseDefinitionBuilder answer) {
        server.wireMock.stubFor(post(urlPathMatching(".*/chat/completions"))
                .atPriority(1)
                .withRequestBody(matchingJsonPath("$.response_format[?(@.type == '" + format + "')]"))
                .willReturn(answer));
    }

    private Episode episode(String... settings) {
        try (var reflectors = server.reflectors(settings)) {
            return memories(reflection(reflectors.episodic(), task("i-1", user("m-1", "Hello"))))
                    .get(0)
                    .get(0);
        }
    }

    private static String text(String content) {
        return ModelServer.JSON.writeValueAsString(content);
    }
}
