package io.memoryreflector.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.events.Tier;
import io.memoryreflector.events.TierStatus;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.store.status.StatusBoard;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes that wait until they are reflected; the test tells the status board what the reflector would. */
@ExtendWith(SharedServers.class)
class WaitIT {

    private static final Instant AT = Instant.parse("2026-05-02T10:00:00Z");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static LocalStack stack;
    private static Service service;

    @BeforeAll
    static void start() {
        stack = SharedServers.steady();
        service = SharedServers.service();
    }

    @ParameterizedTest
    @CsvSource({"COMPLETED, completed", "PARTIAL, partial", "FAILED, failed", "SKIPPED, skipped"})
    void shouldAnswerWhatBecameOfIt(ReflectionState state, String told) {
        var answer = write("w-" + state, "30s");

        reflected("w-" + state, state);

        assertThat(answer.join().statusCode()).as(answer.join().body()).isEqualTo(200);
        var json = Service.JSON.readTree(answer.join().body());
        assertThat(json.path("status").asString()).isEqualTo(told);
        assertThat(json.path("interaction_id").asString()).isEqualTo("w-" + state);
        assertThat(json.path("memory_ids").propertyNames()).containsExactly("episodic", "semantic", "procedural");
    }

    @Test
    void shouldSayWhenTheTimeIsUp() {
        var begun = System.nanoTime();
        var answer = write("late", "500ms").join();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(500));
        assertThat(answer.statusCode()).isEqualTo(202);
        var json = Service.JSON.readTree(answer.body());
        assertThat(json.path("status").asString()).isEqualTo("timeout");
        assertThat(json.has("memory_ids")).isFalse();
        assertThat(service.get(json.at("/links/status").asString()).text("/status"))
                .isEqualTo("queued");
    }

    @ParameterizedTest
    @ValueSource(strings = {"61s", "61000ms", "soon", "-1s", "1m", "99999999999s", "1.5s"})
    void shouldSayHowLongOneMayWait(String wait) {
        var answer = write("refused", wait).join();

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Service.JSON.readTree(answer.body()).at("/errors/0/field").asString())
                .isEqualTo("wait");
    }

    @Test
    void shouldWaitForEachOfABatch() {
        var body = "[{\"user_id\": \"u\", \"interaction_id\": \"b0\", \"user_message\": \"x\"}, {\"user_id\": \"\"},"
                + " {\"user_id\": \"u\", \"interaction_id\": \"b2\", \"user_message\": \"x\"}]";
        var answer = send("/api/v1/interactions:batch?wait=5s", body);

        reflected("b0", ReflectionState.COMPLETED);

        assertThat(answer.join().statusCode()).isEqualTo(207);
        var json = Service.JSON.readTree(answer.join().body());
        assertThat(json.at("/items/0/answer/status").asString()).isEqualTo("completed");
        assertThat(json.at("/items/1/code").asInt()).isEqualTo(422);
        assertThat(json.at("/items/2/answer/status").asString()).isEqualTo("timeout");
    }

    /** More than the server has threads. */
    @Test
    void shouldHoldNoThreadForWhoWaits() {
        var ids = IntStream.range(0, 400).mapToObj(i -> "many-" + i).toList();
        var waiting = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        ids.forEach(id -> waiting.add(write(id, "60s")));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> service.get("/api/v1/users/waiter/status")
                                .json()
                                .path("pending")
                                .asInt()
                        >= ids.size());

        assertThat(service.get("/actuator/health/liveness").status()).isEqualTo(200);
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        ids.forEach(id -> tell(id, ReflectionState.COMPLETED));

        assertThat(waiting)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
    }

    @Test
    void shouldWaitByDefaultWhereItIsSetSo() {
        try (var slow = Service.start(stack, Map.of("MEMORY_FAST_MODE", "false", "MEMORY_WAIT", "700ms"))) {
            var body = "{\"user_id\": \"u\", \"user_message\": \"x\"}";

            assertThat(slow.post("/api/v1/interactions", body).text("/status")).isEqualTo("timeout");
            assertThat(slow.post("/api/v1/interactions?wait=0", body).text("/status"))
                    .isEqualTo("queued_reflection");
        }
    }

    private static CompletableFuture<HttpResponse<String>> write(String id, String wait) {
        return send(
                "/api/v1/interactions?wait=" + wait,
                "{\"user_id\": \"waiter\", \"interaction_id\": \"" + id + "\", \"user_message\": \"x\"}");
    }

    private static CompletableFuture<HttpResponse<String>> send(String path, String body) {
        return HTTP.sendAsync(
                service.request(path)
                        .timeout(Duration.ofSeconds(90))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Only after the write, which else would be a repeat. */
    private static void reflected(String id, ReflectionState state) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> service.get("/api/v1/interactions/" + id).status() == 200);
        tell(id, state);
    }

    /** As the sink tells the board. */
    private static void tell(String id, ReflectionState state) {
        var user = id.startsWith("b") ? "u" : "waiter";
        service.bean(StatusBoard.class)
                .apply(List.of(ReflectionStatus.newBuilder()
                        .setInteractionId(id)
                        .setNamespace("default")
                        .setUserId(user)
                        .setState(state)
                        .setOccurredAt(AT)
                        .setReceivedAt(AT)
                        .setUpdatedAt(AT)
                        .setRevision(2)
                        .setTiers(Stream.of(Tier.EPISODIC, Tier.SEMANTIC, Tier.PROCEDURAL)
                                .map(tier -> TierStatus.newBuilder()
                                        .setTier(tier)
                                        .setState(state == ReflectionState.PARTIAL ? ReflectionState.FAILED : state)
                                        .setUpdatedAt(AT)
                                        .build())
                                .toList())
                        .build()));
    }
}
