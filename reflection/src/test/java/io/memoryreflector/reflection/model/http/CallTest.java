package io.memoryreflector.reflection.model.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallTest {

    private static final Instant NOW = Instant.parse("2026-05-02T10:00:00Z");
    private static final int MOST_BYTES = 1_000;
    private static final Duration LONG = Duration.ofSeconds(8);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final RawServer server = new RawServer();
    private Exchanges exchanges = exchanges(Optional.empty());

    @AfterEach
    void stop() {
        exchanges.close();
        server.close();
    }

    @Test
    void shouldReadAnAnswer() {
        server.answer(connection -> connection.send(OK));

        assertThat(call(LONG)).isEqualTo("ok");
        assertThat(server.requests().get(0)).startsWith("POST /chat HTTP/1.1").doesNotContainIgnoringCase("upgrade");
    }

    @Test
    void shouldHangUpOnAnAnswerThatNeverEnds() throws Exception {
        var exhausted = new CompletableFuture<Void>();
        server.answer(connection -> {
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            // A little at a time, so that the time runs out first.
            while (connection.send("1\r\n \r\n")) {
                Thread.sleep(20);
            }
            exhausted.complete(null);
        });

        var failure = failure(Duration.ofMillis(300));

        assertThat(failure.reason()).isEqualTo(NoAnswer.Reason.TIMEOUT);
        exhausted.get(3, TimeUnit.SECONDS);
    }

    @Test
    void shouldHangUpOnAnAnswerThatIsTooLarge() throws Exception {
        var hungUp = new CompletableFuture<Void>();
        server.answer(connection -> {
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            // A pause each time, so that the sender leaves the cores to the client that it is about.
            while (connection.send("64\r\n" + "x".repeat(100) + "\r\n")) {
                Thread.sleep(1);
            }
            hungUp.complete(null);
        });

        var failure = failure(LONG);

        assertThat(failure.reason()).isEqualTo(NoAnswer.Reason.TOO_LARGE);
        hungUp.get(3, TimeUnit.SECONDS);
    }

    @Test
    void shouldHangUpOnAHeadThatNeverEnds() throws Exception {
        var hungUp = new CompletableFuture<Void>();
        server.answer(connection -> {
            connection.send("HTTP/1.1 200 OK\r\n");
            // A little at a time, so that the time runs out before the client's limit of headers is met.
            for (var line = 0; connection.send("X-" + line + ": y\r\n"); line++) {
                Thread.sleep(20);
            }
            hungUp.complete(null);
        });

        assertThat(failure(Duration.ofMillis(300)).reason()).isEqualTo(NoAnswer.Reason.TIMEOUT);
        hungUp.get(3, TimeUnit.SECONDS);
    }

    @Test
    void shouldTellHalfAnAnswerFromAWholeOne() {
        server.answer(connection -> connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"));

        assertThat(failure(LONG).reason()).isEqualTo(NoAnswer.Reason.BROKEN);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void shouldNotStartWhatHasNoTimeLeft() {
        assertThat(failure(Duration.ZERO).reason()).isEqualTo(NoAnswer.Reason.TIMEOUT);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void shouldTakeTheFirstGoodAnswerOfTwo() throws Exception {
        use(Optional.of(Duration.ofMillis(100)));
        var firstHungUp = new CompletableFuture<Void>();
        server.answer(
                connection -> {
                    connection.awaitEnd();
                    firstHungUp.complete(null);
                },
                connection -> connection.send(OK));
        var call = exchanges.until(Deadline.in(LONG), MOST_BYTES);

        assertThat(call.with(this::ask)).isEqualTo("ok");

        assertThat(call.requests()).isEqualTo(2);
        assertThat(server.requests().get(1)).isEqualTo(server.requests().get(0));
        firstHungUp.get(3, TimeUnit.SECONDS);
    }

    @Test
    void shouldWaitForTheOtherWhereOneOfTwoFails() {
        use(Optional.of(Duration.ofMillis(100)));
        server.answer(
                connection -> {
                    // Answers after the hedge, which begins at 100 ms, has failed.
                    Thread.sleep(400);
                    connection.send(OK);
                },
                connection -> connection.send("HTTP/1.1 429 Slow\r\nContent-Length: 0\r\n\r\n"));

        assertThat(call(LONG)).isEqualTo("ok");
    }

    @Test
    void shouldNotHedgeWhatIsAnsweredInTime() {
        use(Optional.of(Duration.ofSeconds(2)));
        server.answer(connection -> connection.send("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"));
        var call = exchanges.until(Deadline.in(LONG), MOST_BYTES);

        var failure = catchThrowableOfType(HttpFailure.class, () -> call.with(this::ask));

        assertThat(failure.statusCode()).isEqualTo(500);
        assertThat(call.requests()).isEqualTo(1);
    }

    @Test
    void shouldHedgeOneInTenOfTheCallsInFlight() {
        var hedges = new Hedges(Optional.of(Duration.ZERO));
        IntStream.range(0, 25).forEach(i -> hedges.started());

        assertThat(hedges.take()).isTrue();
        assertThat(hedges.take()).isTrue();
        assertThat(hedges.take()).isFalse();
        hedges.ended(true);
        assertThat(hedges.take()).isTrue();
        IntStream.range(0, 22).forEach(i -> hedges.ended(false));
        assertThat(hedges.take()).isFalse();
        hedges.ended(true);
        hedges.ended(true);
        hedges.started();
        assertThat(hedges.take()).as("one, however few there are").isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "retry-after-ms,1500,1500",
        "Retry-After,2,2000",
        "Retry-After,0.5,500",
        "Retry-After,'Sat, 02 May 2026 10:00:30 GMT',30000",
        "Retry-After,'Sat, 02 May 2026 09:00:00 GMT',0",
        "Retry-After,99999999,3600000"
    })
    void shouldReadHowLongToWait(String header, String value, long millis) {
        answerLimited(header + ": " + value);

        assertThat(httpFailure().retryAfter()).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"Retry-After,soon", "Retry-After,-5", "Retry-After,NaN", "X-Other,5"})
    void shouldNotReadWhatSaysNothing(String header, String value) {
        answerLimited(header + ": " + value);

        assertThat(httpFailure().retryAfter()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":{\"message\":\"no\",\"code\":\"c\",\"param\":\"p\"}}|the model endpoint answered 429 (c): no",
                "{\"error\":{\"message\":\"no\",\"type\":\"t\",\"code\":null}}|the model endpoint answered 429 (t): no",
                "{\"error\":\"no\"}|the model endpoint answered 429: no",
                "{\"message\":\"no\",\"code\":4}|the model endpoint answered 429 (4): no",
                "{\"detail\":[1]}|the model endpoint answered 429: {\"detail\":[1]}",
                "<html>no</html>|the model endpoint answered 429: <html>no</html>",
            })
    void shouldTellWhatTheEndpointSays(String body, String message) {
        server.answer(connection ->
                connection.send("HTTP/1.1 429 Slow\r\nContent-Length: " + body.length() + "\r\n\r\n" + body));

        assertThat(httpFailure()).hasMessage(message);
    }

    private void answerLimited(String header) {
        server.answer(
                connection -> connection.send("HTTP/1.1 429 Slow\r\n" + header + "\r\nContent-Length: 0\r\n\r\n"));
    }

    private HttpFailure httpFailure() {
        return catchThrowableOfType(HttpFailure.class, () -> call(LONG));
    }

    private NoAnswer failure(Duration timeout) {
        return catchThrowableOfType(NoAnswer.class, () -> call(timeout));
    }

    private String call(Duration timeout) {
        return exchanges.until(Deadline.in(timeout), MOST_BYTES).with(this::ask);
    }

    /** As a model does. */
    private String ask() {
        return exchanges.client().build().execute(request()).body();
    }

    private HttpRequest request() {
        return HttpRequest.builder()
                .method(HttpMethod.POST)
                .url(server.url() + "/chat")
                .addHeader("Content-Type", "application/json")
                .body("{}")
                .build();
    }

    private void use(Optional<Duration> hedgeAfter) {
        exchanges.close();
        exchanges = exchanges(hedgeAfter);
    }

    private static Exchanges exchanges(Optional<Duration> hedgeAfter) {
        return new Exchanges(LONG, hedgeAfter, text -> text, Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
