package io.memoryreflector.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.localstack.Part;
import io.memoryreflector.systemtests.http.MemoryApi;
import io.memoryreflector.systemtests.http.Reflected;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The graph and what Redis holds are built anew under a system that is in use. On real servers. */
@ExtendWith(SharedSystem.class)
class RebuildIT {

    private static final Instant AT = Instant.parse("2026-05-02T10:00:00Z");
    private static final Duration REFLECTED_WITHIN = Duration.ofMinutes(3);
    private static final Duration REBUILT_WITHIN = Duration.ofMinutes(3);
    private static final String USER = "rebuilt";
    private static final int KILLED = 10;
    private static final List<String> QUESTIONS = List.of(
            "/api/v1/users/" + USER + "/status",
            "/api/v1/interactions/rebuild-1",
            "/api/v1/users/" + USER + "/memories?limit=100",
            "/api/v1/users/" + USER + "/graph?limit=100",
            "/api/v1/users/" + USER + "/graph?limit=100&as_of=2026-05-02T10:01:30Z");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static MemoryApi api;

    @BeforeAll
    static void start() {
        api = new MemoryApi(URI.create(SharedSystem.stack().ingestUrl()), Optional.of(SharedSystem.OPERATOR));
    }

    @Test
    void shouldBuildTheSameFromTheLogWhileItIsReadAndAskNoModel() throws Exception {
        var said = List.of(
                "I live in Lisbon and my dog is called Biscuit.",
                "I moved to Porto last week.",
                "Always answer in French.",
                "I work as a nurse. I like green tea.",
                "Forget this: my code is blue.");
        for (var i = 0; i < said.size(); i++) {
            assertThat(api.post(interaction(USER, "rebuild-" + i, said.get(i), i))
                            .status())
                    .isEqualTo(202);
        }
        Reflected.await(api, USER, said.size(), REFLECTED_WITHIN, done -> {});
        // The newest is first, and is to be forgotten.
        var oldest = api.memories(USER, "episodic")
                .get(said.size() - 1)
                .path("memory_id")
                .asString();
        assertThat(send("POST", "/api/v1/memories/" + oldest + ":hold", null).statusCode())
                .isBetween(200, 202);
        assertThat(send("DELETE", "/api/v1/interactions/rebuild-4", null).statusCode())
                .isBetween(200, 202);
        await().atMost(REFLECTED_WITHIN).untilAsserted(() -> assertThat(dump("neo4j"))
                .contains("held back by hand", "\"kind\":\"Erasure\"", "\"kind\":\"Amendment\"")
                .doesNotContain("my code is blue"));
        var graph = settled("neo4j");
        var redis = settled("redis");
        assertThat(redis).contains("\"kind\":\"turn\"", "\"kind\":\"interaction\"", "\"kind\":\"erasures\"");
        var reflections = reflections();

        var id = reading(() -> {
            var begun = begin("neo4j");
            assertThat(begin("redis").statusCode()).as("one at a time").isEqualTo(409);
            awaitDone(id(begun));
            var last = id(begin("redis"));
            awaitDone(last);
            return last;
        });

        assertThat(dump("neo4j")).isEqualTo(graph);
        assertThat(dump("redis")).isEqualTo(redis);
        assertThat(reflections()).as("no reflector was asked").isEqualTo(reflections);
        var rebuild = api.get("/api/v1/rebuilds/" + id).body();
        assertThat(rebuild.path("target").asString()).isEqualTo("redis");
        assertThat(rebuild.path("records_read").asLong())
                .isEqualTo(rebuild.path("records_total").asLong())
                .isGreaterThan(said.size());
        assertThat(api.get("/api/v1/rebuilds")
                        .body()
                        .at("/rebuilds/0/rebuild_id")
                        .asString())
                .isEqualTo(id);
    }

    @Test
    void shouldGoOnAfterItWasKilledAndLoseNothingThatIsWrittenMeanwhile() throws Exception {
        write("killed-before", KILLED);
        var id = id(begin("neo4j"));
        write("killed-during", KILLED);
        SharedSystem.stack().process(Part.INGEST).kill();
        SharedSystem.stack().process(Part.INGEST).restart();
        write("killed-after", KILLED);

        assertThat(api.get("/api/v1/rebuilds/" + id).body().path("state").asString())
                .as("the kill came before the end")
                .isEqualTo("running");
        awaitDone(id);

        write("killed-then", KILLED);
        for (var user : List.of("killed-before", "killed-during", "killed-after", "killed-then")) {
            Reflected.await(api, user, KILLED, REFLECTED_WITHIN, done -> {});
            assertThat(api.memories(user, "episodic")).as(user).hasSize(KILLED);
            assertThat(api.recall(user, "kite of kind K7", 5)
                            .at("/items/0/text")
                            .asString())
                    .contains("K7");
        }
        // What it has become is what the log says: built once more, it is the same.
        var before = settled("neo4j");
        awaitDone(id(begin("neo4j")));
        assertThat(dump("neo4j")).isEqualTo(before);
    }

    /** Asks all the time, and wants the same answers as before. */
    private static <T> T reading(Callable<T> work) throws Exception {
        var expected = answers();
        var stopped = new AtomicBoolean();
        var readers = Executors.newSingleThreadExecutor();
        try {
            var reader = readers.submit(() -> {
                var asked = 0;
                while (!stopped.get()) {
                    assertThat(answers()).isEqualTo(expected);
                    asked++;
                    Thread.sleep(50); // The pace of a reader: one without pause would take the cores of the rebuild.
                }
                return asked;
            });
            var result = work.call();
            stopped.set(true);
            assertThat(reader.get(30, TimeUnit.SECONDS)).isGreaterThan(10);
            return result;
        } finally {
            stopped.set(true);
            readers.shutdown();
        }
    }

    private static List<String> answers() {
        var answers = new ArrayList<String>();
        for (var question : QUESTIONS) {
            var answer = api.get(question);
            assertThat(answer.status()).as(question).isEqualTo(200);
            answers.add(answer.body().toString());
        }
        var recalled = api.recall(USER, "Where do I live?", 10);
        for (var part : List.of("items", "short_term")) {
            assertThat(recalled.path(part).size()).as(part).isPositive();
            recalled.path(part).valueStream().map(RebuildIT::what).forEach(answers::add);
        }
        return answers;
    }

    private static String what(JsonNode item) {
        return item.path("memory_id").asString("") + " "
                + item.path("message_id").asString("") + " " + item.path("text").asString("");
    }

    private static void awaitDone(String id) {
        await().atMost(REBUILT_WITHIN).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> assertThat(
                        api.get("/api/v1/rebuilds/" + id).body().path("state").asString())
                .isEqualTo("done"));
    }

    private static HttpResponse<String> begin(String target) throws Exception {
        return send("POST", "/api/v1/rebuilds", "{\"target\": \"" + target + "\"}");
    }

    private static String id(HttpResponse<String> begun) {
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
        return JsonMapper.shared().readTree(begun.body()).path("rebuild_id").asString();
    }

    /** Once nothing comes any more of what was written. */
    private static String settled(String target) throws Exception {
        var last = new AtomicReference<>("");
        await().atMost(REBUILT_WITHIN).pollInterval(Duration.ofSeconds(2)).until(() -> {
            var dump = dump(target);
            return dump.equals(last.getAndSet(dump));
        });
        return last.get();
    }

    private static String dump(String target) throws Exception {
        var dump = send("GET", "/api/v1/dumps/" + target, null);
        assertThat(dump.statusCode()).isEqualTo(200);
        assertThat(dump.body().stripTrailing()).endsWith("\"}").contains("{\"kind\":\"end\",\"lines\":");
        return dump.body();
    }

    private static void write(String user, int count) {
        for (var i = 0; i < count; i++) {
            assertThat(api.post(interaction(user, user + "-" + i, "I bought a kite of kind K" + i + ".", i))
                            .status())
                    .isEqualTo(202);
        }
    }

    private static HttpResponse<String> send(String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create(SharedSystem.stack().ingestUrl()).resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + SharedSystem.OPERATOR)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static Map<String, Object> interaction(String user, String id, String text, int minute) {
        var at = AT.plusSeconds(60L * minute).toString();
        return Map.of(
                "interaction_id",
                id,
                "user_id",
                user,
                "session_id",
                user + "-s",
                "occurred_at",
                at,
                "messages",
                List.of(Map.of("message_id", id + "-m", "role", "user", "content", text, "sent_at", at)));
    }

    /** What the reflector has done so far. */
    private static double reflections() throws Exception {
        var request = HttpRequest.newBuilder(URI.create(SharedSystem.stack().reflectorUrl() + "/actuator/prometheus"))
                .timeout(Duration.ofSeconds(10))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofLines())
                .body()
                .filter(line -> line.startsWith("reflector_reflections_total")
                        || line.startsWith("reflector_model_calls_total"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
