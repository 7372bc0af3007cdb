package io.memoryreflector.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The pipeline as the service sees it: live, honest about what it cannot know, and with rules for who may look. */
class PipelineIT {

    private static final String OPERATOR = "operator-0123456789abcdef0123456789abcdef";
    private static final String ADMIN_OF_ACME = "acme-admin-0123456789abcdef0123456789abcdef";

    private static LocalStack stack;
    private static Service service;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        stack = LocalStack.start(EnumSet.of(Part.KAFKA, Part.REGISTRY, Part.REDIS, Part.NEO4J));
        service = Service.start(
                stack,
                Map.of(
                        "REFLECTOR_API_KEYS",
                        OPERATOR + ":*:admin," + ADMIN_OF_ACME + ":acme:admin",
                        // Nobody listens there.
                        "REFLECTOR_URLS",
                        "http://127.0.0.1:1"));
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void shouldCountWhatIsInTheLog() {
        var before = written(pipeline(), "memory.interactions");

        for (var n = 0; n < 5; n++) {
            var answer = service.post(
                    "/api/v1/interactions",
                    "{\"user_id\": \"ada\", \"user_message\": \"hello " + n + "\"}",
                    "Authorization",
                    "Bearer " + OPERATOR);
            assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        }

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            var pipeline = pipeline();
            assertThat(written(pipeline, "memory.interactions")).isEqualTo(before + 5);
            assertThat(pipeline.at("/log/rate_per_second").asDouble()).isPositive();
        });
    }

    @Test
    void shouldLeaveOutWhatItCannotKnowRatherThanShowZero() {
        var pipeline = pipeline();

        assertThat(pipeline.path("lanes")).hasSize(3).allSatisfy(lane -> {
            assertThat(lane.has("pending")).as("no reflector answers").isFalse();
            assertThat(lane.has("circuit")).isFalse();
            assertThat(lane.path("retrying").asInt(-1)).as("Redis answers").isZero();
            assertThat(lane.path("dead_letters").asInt(-1)).isZero();
        });
        assertThat(pipeline.has("connectors")).as("CONNECT_URL is not set").isFalse();
        assertThat(part(pipeline, "reflector").path("state").asString()).isEqualTo("down");
        assertThat(part(pipeline, "reflector").path("detail").asString()).isEqualTo("0 of 1 answer");
        assertThat(part(pipeline, "kafka").path("state").asString()).isEqualTo("up");
        assertThat(part(pipeline, "neo4j").path("state").asString()).isEqualTo("up");
        assertThat(part(pipeline, "connect").path("state").asString()).isEqualTo("unknown");
    }

    @Test
    void shouldStreamTheSameEverySecond() throws Exception {
        var events = events(3);

        assertThat(events)
                .allSatisfy(event -> assertThat(event.path("lanes")).hasSize(3))
                .extracting(event -> Instant.parse(event.path("at").asString()))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldTellTheFirstOneMoreThanItCanServeToComeLater() throws Exception {
        var open = new ArrayList<HttpResponse<InputStream>>();
        try {
            HttpResponse<InputStream> refused = null;
            for (var n = 0; n < 40 && refused == null; n++) {
                var answer = stream(OPERATOR);
                open.add(answer);
                refused = answer.statusCode() == 503 ? answer : null;
            }
            assertThat(refused).as("so many at once are refused").isNotNull();
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        } finally {
            for (var answer : open) {
                answer.body().close();
            }
        }
    }

    @Test
    void shouldShowItToAnAdminOfAllNamespacesAlone() throws Exception {
        assertThat(service.get("/api/v1/pipeline").status()).isEqualTo(401);
        assertThat(get("/api/v1/pipeline", ADMIN_OF_ACME).status()).isEqualTo(403);
        try (var body = stream(ADMIN_OF_ACME).body()) {
            assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).contains("\"status\":403");
        }
    }

    @Test
    void shouldServeThePageToAnybodyWithAStrictPolicy() {
        var page = service.get("/");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.response().body()).contains("Memory Reflector");
        assertThat(page.header("Content-Security-Policy"))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                .doesNotContain("unsafe");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(service.get("/assets/none.js").status()).isEqualTo(404);
        assertThat(service.get("/swagger-ui/index.html").header("Content-Security-Policy"))
                .contains("style-src 'self' 'unsafe-inline'");
    }

    private static JsonNode pipeline() {
        var answer = get("/api/v1/pipeline", OPERATOR);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json();
    }

    private static Service.Answer get(String path, String key) {
        return service.send(service.request(path).header("Authorization", "Bearer " + key));
    }

    private static long written(JsonNode pipeline, String topic) {
        return pipeline.path("topics")
                .valueStream()
                .filter(it -> it.path("name").asString().equals(topic))
                .findFirst()
                .orElseThrow()
                .path("written")
                .asLong();
    }

    private static JsonNode part(JsonNode pipeline, String name) {
        return pipeline.path("parts")
                .valueStream()
                .filter(it -> it.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<InputStream> stream(String key) throws IOException, InterruptedException {
        return http.send(
                service.request("/api/v1/pipeline/stream")
                        .header("Authorization", "Bearer " + key)
                        .header("Accept", "text/event-stream, application/problem+json")
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    private List<JsonNode> events(int count) throws IOException, InterruptedException {
        var events = new ArrayList<JsonNode>();
        // Those who have left are noticed at the next thing that is sent to them.
        var answer = await().atMost(Duration.ofSeconds(10))
                .until(() -> stream(OPERATOR), stream -> stream.statusCode() == 200);
        try (var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            while (events.size() < count) {
                var line = lines.readLine();
                if (line.startsWith("event:")) {
                    assertThat(line).isEqualTo("event:pipeline");
                } else if (line.startsWith("data:")) {
                    events.add(Service.JSON.readTree(line.substring("data:".length())));
                }
            }
        }
        return events;
    }
}
