package io.memoryreflector.reflection.model;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.memoryreflector.reflection.model.ModelServer.completion;
import static io.memoryreflector.reflection.model.ModelServer.error;
import static io.memoryreflector.reflection.model.ModelServer.json;
import static io.memoryreflector.reflection.model.ModelServer.says;
import static io.memoryreflector.reflection.model.Talk.episodes;
import static io.memoryreflector.reflection.model.Talk.failure;
import static io.memoryreflector.reflection.model.Talk.memories;
import static io.memoryreflector.reflection.model.Talk.reflection;
import static io.memoryreflector.reflection.model.Talk.task;
import static io.memoryreflector.reflection.model.Talk.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.memoryreflector.reflection.ReflectionFailure;
import io.memoryreflector.reflection.ReflectionFailure.Permanent;
import io.memoryreflector.reflection.ReflectionFailure.ProviderDown;
import io.memoryreflector.reflection.ReflectionFailure.Transient;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointFailuresTest {

    private final ModelServer server = new ModelServer();
    private final ModelReflectors reflectors = server.reflectors();

    @AfterEach
    void stop() {
        reflectors.close();
        server.close();
    }

    @Test
    void shouldWaitAsLongAsARateLimitSays() {
        var failure =
                failureOf(error(429, "rate_limit_exceeded", null, "slow down").withHeader("Retry-After", "7"));

        assertThat(failure).isInstanceOf(Transient.class);
        assertThat(((Transient) failure).retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(failure.cause()).hasMessage("the model endpoint answered 429 (rate_limit_exceeded): slow down");
        assertThat(server.counted("reflector.model.calls", "outcome", "rate_limited"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 500, 502, 503, 504, 529})
    void shouldTryAgainWhatMayPass(int status) {
        var failure = failureOf(error(status, null, null, "busy").withHeader("retry-after-ms", "1500"));

        assertThat(failure).isInstanceOf(Transient.class);
        assertThat(((Transient) failure).retryAfter()).contains(Duration.ofMillis(1_500));
        assertThat(server.asked()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "401,invalid_api_key,Incorrect API key provided",
        "403,,not allowed here",
        "404,model_not_found,The model does not exist",
        "402,,Insufficient balance",
        "301,,moved",
        "400,INVALID_ARGUMENT,API key not valid. Please pass a valid API key.",
        "429,insufficient_quota,You exceeded your current quota"
    })
    void shouldLeaveAProviderAloneThatServesNobody(int status, String code, String message) {
        var failure = failureOf(error(status, code, null, message));

        assertThat(failure).isInstanceOf(ProviderDown.class);
        assertThat(((ProviderDown) failure).retryAfter()).isEqualTo(Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @CsvSource({
        "400,context_length_exceeded,This model's maximum context length is 8192 tokens",
        "400,content_filter,The response was filtered",
        "403,,Your input was flagged by moderation",
        "413,,too large",
        "422,,unprocessable"
    })
    void shouldGiveUpWhatStaysWrong(int status, String code, String message) {
        assertThat(failureOf(error(status, code, null, message))).isInstanceOf(Permanent.class);
        assertThat(server.asked()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void shouldTryAgainWhatBroke(Fault fault) {
        assertThat(failureOf(aResponse().withFault(fault))).isInstanceOf(Transient.class);
        assertThat(server.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"choices\":[]}",
                "{\"choices\":[{\"mess",
                "[1]",
                "<html>Welcome</html>",
                "{\"choices\":[{\"finish_reason\":\"stop\"}]}",
                "{\"error\":{\"message\":\"overloaded\"}}"
            })
    void shouldTryAgainWhatIsNoAnswerOfTheProtocol(String body) {
        assertThat(failureOf(json(200, body))).isInstanceOf(Transient.class);
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void shouldGiveUpOnARefusal() {
        var failure = failureOf(json(200, """
                {"choices":[{"finish_reason":"stop","message":{"role":"assistant","content":null,"refusal":"I can't."}}]}"""));

        assertThat(failure).isInstanceOf(Permanent.class);
        assertThat(failure.cause()).hasMessage("I can't.");
        assertThat(server.counted("reflector.model.calls", "outcome", "refused"))
                .isEqualTo(1);
    }

    @Test
    void shouldGiveUpOnAFilteredAnswer() {
        assertThat(failureOf(completion("{\"epi", "content_filter"))).isInstanceOf(Permanent.class);
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void shouldRepairAnEmptyAnswer() {
        server.answer(completion(null, "stop"), says(episodes("Hello.")));

        assertThat(memories(reflection(reflectors.episodic(), task("i-1", user("m-1", "Hello")))))
                .hasSize(1);
    }

    @Test
    void shouldLeaveAProviderAloneThatIsNotThere() {
        server.wireMock.stop();

        var failure = failure(reflection(reflectors.episodic(), task("i-1", user("m-1", "Hello"))));

        assertThat(failure).isInstanceOf(ProviderDown.class);
    }

    @Test
    void shouldLeaveAProviderAloneWhoseNameNobodyKnows() {
        try (var unknown = server.reflectors("OPENAI_BASE_URL", "http://no-such-host.invalid/v1")) {
            var failure = failure(reflection(unknown.episodic(), task("i-1", user("m-1", "Hello"))));

            assertThat(failure).isInstanceOf(ProviderDown.class);
        }
    }

    @Test
    void shouldNotTellTheKeyInAnyError() {
        var failure = failureOf(error(401, null, null, "Incorrect API key provided: " + ModelServer.KEY));

        var trace = new StringWriter();
        failure.cause().printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).contains("[key]").doesNotContain(ModelServer.KEY);
    }

    @Test
    void shouldEndWhenItsThreadIsInterrupted() throws Exception {
        server.answer(says(episodes("Late.")).withFixedDelay(8_000));
        var failure = new CompletableFuture<ReflectionFailure>();
        var thread = new Thread(() -> failure.complete(failureOfCall()));
        thread.start();
        awaitCall();

        thread.interrupt();

        assertThat(failure.get(2, TimeUnit.SECONDS)).isInstanceOf(Transient.class);
    }

    @Test
    void shouldEndAllCallsWhenClosed() throws Exception {
        server.answer(says(episodes("Late.")).withFixedDelay(8_000));
        var failure = CompletableFuture.supplyAsync(this::failureOfCall);
        awaitCall();

        reflectors.close();

        assertThat(failure.get(2, TimeUnit.SECONDS)).isInstanceOf(Transient.class);
        assertThat(failureOfCall()).isInstanceOf(Transient.class);
    }

    /** The server logs a delayed answer only once it is sent, so the call is looked for on its thread. */
    private static void awaitCall() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> Thread.getAllStackTraces().values().stream()
                        .flatMap(Arrays::stream)
                        .anyMatch(frame -> frame.getClassName().endsWith(".http.Call")
                                && frame.getMethodName().equals("await")));
    }

    private ReflectionFailure failureOf(ResponseDefinitionBuilder answer) {
        server.answer(answer);
        return failureOfCall();
    }

    private ReflectionFailure failureOfCall() {
        return failure(reflection(reflectors.episodic(), task("i-1", user("m-1", "Hello"))));
    }
}
