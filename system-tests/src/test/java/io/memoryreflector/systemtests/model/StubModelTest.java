package io.memoryreflector.systemtests.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Over the wire, as a client sees it. */
class StubModelTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Behaviour WELL = Behaviour.well(Duration.ZERO);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private StubModel stub;

    @BeforeEach
    void start() throws IOException {
        stub = StubModel.start(0, WELL);
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void shouldAnswerLikeAChatModelAndCountTokens() throws Exception {
        var answer = ask(Prompts.chat("semantic", "I live in Rome."));

        assertThat(answer.statusCode()).isEqualTo(200);
        var body = JSON.readTree(answer.body());
        assertThat(body.path("object").asString()).isEqualTo("chat.completion");
        assertThat(body.path("choices").path(0).path("finish_reason").asString())
                .isEqualTo("stop");
        assertThat(body.path("usage").path("prompt_tokens").asInt()).isPositive();
        assertThat(content(answer).path("facts").path(0).path("object").asString())
                .isEqualTo("Rome");
        assertThat(content(answer).has("episodes")).isFalse();
    }

    @Test
    void shouldRecordWhatItWasAsked() throws Exception {
        ask(Prompts.chat("episodic", "One.", "Two."));

        var call = stub.log().calls().get(0);
        assertThat(call.tier()).isEqualTo("episodic");
        assertThat(call.texts()).containsExactly("One.", "Two.");
        assertThat(call.outcome()).isEqualTo(Outcome.OK);
        assertThat(call.repair()).isFalse();
        var view = JSON.readTree(send("GET", "/stub/record?limit=1", "").body());
        assertThat(view.path("totals").path("interactions").asInt()).isEqualTo(2);
        assertThat(view.path("calls").path(0).path("texts").path(1).asString()).isEqualTo("Two.");
    }

    @ParameterizedTest
    @CsvSource({"RATE_LIMITED,429", "SERVER_ERROR,5", "UNAUTHORIZED,401", "QUOTA_SPENT,429"})
    void shouldFailWithAStatus(Outcome outcome, String status) throws Exception {
        stub.behave(WELL.failing(1, 1, outcome).retryingAfter(Duration.ofMillis(1_200)));

        var answer = ask(Prompts.chat("semantic", "One."));

        assertThat(Integer.toString(answer.statusCode())).startsWith(status);
        assertThat(JSON.readTree(answer.body()).path("error").path("message").asString())
                .isNotEmpty();
        assertThat(answer.headers().firstValue("Retry-After").orElse("none"))
                .isEqualTo(outcome == Outcome.RATE_LIMITED ? "2" : "none");
    }

    @ParameterizedTest
    @CsvSource({"DROPPED", "HALF"})
    void shouldLoseTheConnection(Outcome outcome) {
        stub.behave(WELL.failing(1, 1, outcome));

        assertThatThrownBy(() -> ask(Prompts.chat("semantic", "One."))).isInstanceOf(IOException.class);
    }

    @Test
    void shouldAnswerWithoutEndUntilTheClientLeaves() throws Exception {
        stub.behave(WELL.failing(1, 1, Outcome.ENDLESS));

        var answer = http.sendAsync(request(Prompts.chat("semantic", "One.")), HttpResponse.BodyHandlers.ofString());
        assertThatThrownBy(() -> answer.get(700, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        answer.cancel(true);

        stub.behave(WELL);
        assertThat(ask(Prompts.chat("semantic", "Two.")).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldAnswerWhatNobodyAskedFor() throws Exception {
        stub.behave(WELL.failing(1, 1, Outcome.INVALID_JSON));
        assertThat(message(ask(Prompts.chat("semantic", "One.")))
                        .path("content")
                        .asString())
                .contains("{\"facts\"");

        stub.behave(WELL.failing(1, 1, Outcome.WRONG_SCHEMA));
        assertThat(content(ask(Prompts.chat("semantic", "One."))).has("facts")).isFalse();

        stub.behave(WELL.failing(1, 1, Outcome.REFUSED));
        var refused = message(ask(Prompts.chat("semantic", "One.")));
        assertThat(refused.path("content").isNull()).isTrue();
        assertThat(refused.path("refusal").asString()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "JSON_SCHEMA,json_schema,200",
        "JSON_OBJECT,json_schema,400",
        "JSON_OBJECT,json_object,200",
        "NONE,json_object,400",
        "NONE,text,200"
    })
    void shouldTakeTheFormatsThatItIsTold(Behaviour.Formats formats, String asked, int status) throws Exception {
        stub.behave(WELL.taking(formats));
        var request = Prompts.chat("semantic", "I live in Rome.")
                .asObject()
                .set("response_format", JSON.valueToTree(Map.of("type", asked)));

        var answer = ask(request);

        assertThat(answer.statusCode()).isEqualTo(status);
        if (formats == Behaviour.Formats.NONE && status == 200) {
            assertThat(message(answer).path("content").asString()).contains("```json");
        }
    }

    @Test
    void shouldAnswerEverybody429InABurst() throws Exception {
        stub.behave(WELL.bursting(new Behaviour.Burst(Duration.ofHours(1), Duration.ofMinutes(30))));

        var answer = ask(Prompts.chat("semantic", "One."));

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1_700L, 1_800L);
    }

    @Test
    void shouldMeetTheSameFaultsUnderTheSameSeedInAnyOrder() throws Exception {
        stub.behave(WELL.failing(0.4, 5, Outcome.RATE_LIMITED, Outcome.REFUSED));
        var forwards = new ArrayList<Integer>();
        for (int i = 0; i < 60; i++) {
            forwards.add(ask(Prompts.chat("semantic", "Text " + i)).statusCode());
        }
        stop();
        start();
        stub.behave(WELL.failing(0.4, 5, Outcome.RATE_LIMITED, Outcome.REFUSED));
        var backwards = new ArrayList<Integer>();
        for (int i = 59; i >= 0; i--) {
            backwards.add(0, ask(Prompts.chat("semantic", "Text " + i)).statusCode());
        }

        assertThat(backwards).isEqualTo(forwards).contains(200, 429);
    }

    @Test
    void shouldChangeItsBehaviourByPut() throws Exception {
        var answer = send(
                "PUT",
                "/stub/behaviour",
                "{\"faults\":{\"refused\":1.0},\"latency\":{\"kind\":\"lognormal\",\"ms\":5,\"spread\":0.5}}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(stub.behaviour().shares()).containsExactly(Map.entry(Outcome.REFUSED, 1.0));
        assertThat(stub.behaviour().latency().kind()).isEqualTo(Latency.Kind.LOGNORMAL);
        var shown = JSON.readTree(send("GET", "/stub/behaviour", "").body());
        assertThat(send("PUT", "/stub/behaviour", shown.toString()).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"faults":{"rate_limited":2}}          | faults.rate_limited
            {"faults":{"ok":0.1}}                  | faults.ok
            {"latency":{"kind":"slow"}}            | latency.kind
            {"gullible":1}                         | gullible
            {"colour":"red"}                       | colour
            """)
    void shouldSayWhatIsWrongWithABehaviour(String body, String field) throws Exception {
        var answer = send("PUT", "/stub/behaviour", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("error").path("message").asString())
                .contains(field + ":", "takes");
    }

    @Test
    void shouldEmbed() throws Exception {
        var answer =
                send("POST", "/v1/embeddings", "{\"model\":\"e\",\"input\":[\"a red cat\",\"a red cat\",\"winter\"]}");

        var data = JSON.readTree(answer.body()).path("data");
        assertThat(data.size()).isEqualTo(3);
        assertThat(data.path(0).path("embedding").size()).isEqualTo(384);
        assertThat(data.path(0).path("embedding")).isEqualTo(data.path(1).path("embedding"));
        assertThat(data.path(0).path("embedding")).isNotEqualTo(data.path(2).path("embedding"));
    }

    @Test
    void shouldTakeAzuresPathAndListModels() throws Exception {
        var azure = URI.create("/openai/deployments/d/chat/completions?api-version=2024-10-21");

        assertThat(send(
                                "POST",
                                azure.toString(),
                                Prompts.chat("semantic", "One.").toString())
                        .statusCode())
                .isEqualTo(200);
        assertThat(JSON.readTree(send("GET", "/v1/models", "").body())
                        .path("data")
                        .path(0)
                        .path("id")
                        .asString())
                .isEqualTo("stub");
        assertThat(send("GET", "/v2/what", "").statusCode()).isEqualTo(404);
        assertThat(send("POST", "/v1/chat/completions", "{").statusCode()).isEqualTo(400);
    }

    @Test
    void shouldLetManyWaitAtOnce() throws Exception {
        stub.behave(Behaviour.well(Duration.ofSeconds(1)));
        var waiting = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < 600; i++) {
            waiting.add(http.sendAsync(
                    request(Prompts.chat("episodic", "Text " + i)), HttpResponse.BodyHandlers.ofString()));
        }

        for (var answer : waiting) {
            assertThat(answer.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
        assertThat(stub.log().chats()).isEqualTo(600);
        assertThat(stub.log().mostUnderWay()).isGreaterThan(300);
    }

    private HttpResponse<String> ask(JsonNode request) throws IOException, InterruptedException {
        return http.send(request(request), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(JsonNode body) {
        return HttpRequest.newBuilder(URI.create(stub.baseUrl() + "/chat/completions"))
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(stub.baseUrl().resolve(path))
                .timeout(Duration.ofSeconds(30))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode message(HttpResponse<String> answer) {
        return JSON.readTree(answer.body()).path("choices").path(0).path("message");
    }

    private static JsonNode content(HttpResponse<String> answer) {
        return JSON.readTree(message(answer).path("content").asString());
    }
}
