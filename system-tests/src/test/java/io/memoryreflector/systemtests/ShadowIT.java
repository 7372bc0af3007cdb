package io.memoryreflector.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.events.UserForgotten;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.localstack.ServerProcess;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Shadow;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.systemtests.http.MemoryApi;
import io.memoryreflector.systemtests.model.Behaviour;
import io.memoryreflector.systemtests.model.StubModel;
import io.memoryreflector.systemtests.model.load.CommittedRecords;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A model reflects again what the offline reflector has reflected, and takes its place. On real servers. */
@ExtendWith(SharedSystem.class)
class ShadowIT {

    private static final Instant AT = Instant.parse("2026-05-02T10:00:00Z");
    private static final Duration WITHIN = Duration.ofMinutes(2);
    private static final String NAMESPACE = "again";
    private static final String USER = "shadowed";
    private static final int OTHERS = 30;
    private static final int PER_SECOND = 40;
    private static final Shadow SHADOW = new Shadow("next");
    private static final String PATH = "/api/v1/shadows/" + SHADOW.name();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static MemoryApi api;

    @BeforeAll
    static void start() {
        api = new MemoryApi(URI.create(SharedSystem.stack().ingestUrl()), Optional.of(SharedSystem.OPERATOR));
    }

    @Test
    void shouldReflectAgainCompareTakeTheirPlaceAndLeaveNothingBehind() throws Exception {
        say(USER, 0, "I moved to Lisbon. Always sign note 0.");
        say(USER, 1, "I moved to Porto. Always sign note 1.");
        say(USER, 2, "I like green tea. Always sign note 2.");
        say("leaves", 0, "I moved to Rome. Always sign note 3.");
        for (var i = 0; i < OTHERS; i++) {
            say("other-" + i, 0, "I moved to City" + i + ". Always sign note " + i + ".");
        }
        awaitReflected(USER, 3);
        awaitReflected("leaves", 1);
        for (var i = 0; i < OTHERS; i++) {
            awaitReflected("other-" + i, 1);
        }
        try (var stub = StubModel.start(0, Behaviour.well(Duration.ZERO))) {
            var begun = System.nanoTime();
            var reflector = SharedSystem.stack().startReflectorBeside("shadow-next", settings(stub));
            awaitThrough();
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .as("no faster than it may, but for what it may take at once")
                    .isGreaterThan(
                            Duration.ofSeconds(get(PATH).path("interactions").asLong() / PER_SECOND - 2));
            assertThat(get(PATH).path("running").asBoolean()).isTrue();
            assertThat(get(PATH).path("tokens_spent").asLong()).isPositive();
            assertThat(send("DELETE", PATH).statusCode()).as("while it runs").isEqualTo(409);
            assertThat(memories(USER)).as("nobody sees a shadow").allMatch(it -> reflector(it)
                    .equals("offline"));

            changeByHand();
            compare();
            promoteAndKill();
            shouldHaveTakenTheirPlace();
            shouldDoNothingTwice();

            abandon(reflector);
        }
    }

    private static Map<String, String> settings(StubModel stub) {
        return Map.of(
                "REFLECTOR_SHADOW", SHADOW.name(),
                "SHADOW_INTERACTIONS_PER_SECOND", Integer.toString(PER_SECOND),
                "OPENAI_BASE_URL", stub.baseUrl().toString(),
                "OPENAI_MODEL", "stub",
                "OPENAI_API_KEY", "sk-not-a-key");
    }

    private static void awaitThrough() {
        await().atMost(WITHIN).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
            var shadow = get(PATH);
            assertThat(shadow.path("counted").asBoolean()).isTrue();
            assertThat(shadow.path("interactions").asLong()).isGreaterThan(OTHERS);
            assertThat(shadow.path("interactions_behind").asLong())
                    .as("%s", shadow)
                    .isZero();
            assertThat(shadow.path("tasks_pending").asLong()).as("%s", shadow).isZero();
        });
    }

    /** After the shadow has made its own of it, which is how an old memory would come back in other words. */
    private static void changeByHand() throws Exception {
        var deleted = ofTier(memories(USER), "procedural", USER + "-0").get(0);
        assertThat(send("DELETE", "/api/v1/memories/" + deleted).statusCode()).isEqualTo(202);
        var held = ofTier(memories(USER), "episodic", USER + "-1").get(0);
        assertThat(send("POST", "/api/v1/memories/" + held + ":hold").statusCode())
                .isEqualTo(202);
        assertThat(send("DELETE", "/api/v1/users/leaves?namespace=" + NAMESPACE).statusCode())
                .isEqualTo(202);
        await().atMost(WITHIN).untilAsserted(() -> {
            assertThat(ofTier(memories(USER), "procedural", USER + "-0")).isEmpty();
            assertThat(memories("leaves")).isEmpty();
        });
    }

    private static void compare() throws Exception {
        await().atMost(WITHIN).until(() -> get(PATH + "/comparison?namespace=" + NAMESPACE)
                .path("state")
                .asString("")
                .equals("done"));
        var tiers = get(PATH + "/comparison?namespace=" + NAMESPACE).path("tiers");
        assertThat(count(tiers, "procedural", "kept")).isEqualTo(1);
        assertThat(count(tiers, "episodic", "kept")).isEqualTo(1);
        assertThat(count(tiers, "episodic", "changed") + count(tiers, "episodic", "same"))
                .as("one each, but for what is held and who has left: %s", tiers)
                .isEqualTo(OTHERS + 2);
        assertThat(count(tiers, "episodic", "changed")).isPositive();
        assertThat(tiers.at("/episodic/examples/changed/0/live").asString("")).isNotEmpty();
        assertThat(tiers.toString()).doesNotContain("Rome");
        for (var tier : List.of("episodic", "semantic", "procedural")) {
            assertThat(count(tiers, tier, "waiting")).as(tier).isZero();
        }
    }

    private static void promoteAndKill() throws Exception {
        var begun = send("POST", PATH + ":promote");
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
        await().atMost(WITHIN)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> retired() > 0);
        SharedSystem.stack().process(Part.INGEST).kill();
        SharedSystem.stack().process(Part.INGEST).restart();

        awaitPromoted();
        var done = get(PATH).path("last_action");
        assertThat(done.path("action_id"))
                .as("it was gone on with")
                .isEqualTo(JsonMapper.shared().readTree(begun.body()).path("action_id"));
        assertThat(done.path("by").asString("")).startsWith("key-");
        assertThat(done.path("users_done")).isEqualTo(done.path("users_total"));
        assertThat(done.path("kept").asLong()).isGreaterThanOrEqualTo(2);
    }

    private static void shouldHaveTakenTheirPlace() {
        await().atMost(WITHIN).untilAsserted(() -> {
            for (var i = 0; i < OTHERS; i++) {
                // What both say in the same words stays as it is.
                assertThat(memories("other-" + i)).as("other-%s", i).hasSize(3).anyMatch(memory -> reflector(memory)
                        .equals("openai"));
            }
            assertThat(memories("leaves")).isEmpty();
        });
        var held = ofTier(memories(USER), "episodic", USER + "-1");
        assertThat(held).hasSize(1);
        assertThat(get("/api/v1/memories/" + held.get(0)).path("quarantine").asString(""))
                .as("what a person has changed stays as it is")
                .isNotEmpty();
        assertThat(ofTier(memories(USER), "procedural", USER + "-0"))
                .as("what a person has deleted stays away")
                .isEmpty();
        assertThat(api.get("/api/v1/users/other-7/recall?limit=5&query=City7&namespace=" + NAMESPACE)
                        .body()
                        .at("/items")
                        .valueStream()
                        .map(item -> item.path("text").asString("")))
                .anyMatch(text -> text.contains("City7"))
                .doesNotHaveDuplicates();
    }

    private static void shouldDoNothingTwice() throws Exception {
        var compared = get(PATH + "/comparison?examples=0&namespace=" + NAMESPACE);
        assertThat(compared.path("state").asString("")).isEqualTo("done");
        for (var tier : List.of("episodic", "semantic", "procedural")) {
            for (var kind : List.of("added", "dropped", "changed")) {
                assertThat(count(compared.path("tiers"), tier, kind))
                        .as(tier + ", " + kind)
                        .isZero();
            }
        }
        var before = new HashSet<String>();
        memories(USER).forEach(memory -> before.add(memory.toString()));
        var retired = retired();

        assertThat(send("POST", PATH + ":promote").statusCode()).isEqualTo(202);
        awaitPromoted();

        var again = get(PATH).path("last_action");
        assertThat(again.path("memories_added").asLong()).isZero();
        assertThat(again.path("memories_retired").asLong()).isZero();
        assertThat(retired()).isEqualTo(retired);
        var now = new HashSet<String>();
        memories(USER).forEach(memory -> now.add(memory.toString()));
        assertThat(now).isEqualTo(before);
    }

    private static void abandon(ServerProcess reflector) throws Exception {
        reflector.close();
        await().atMost(WITHIN).until(() -> send("DELETE", PATH).statusCode() == 200);

        try (var admin =
                Admin.create(Map.of("bootstrap.servers", SharedSystem.stack().kafkaBootstrapServers()))) {
            await().atMost(WITHIN)
                    .untilAsserted(() -> assertThat(admin.listTopics().names().get())
                            .noneMatch(topic -> topic.startsWith("shadow.") || topic.contains("-shadow-")));
        }
        assertThat(serdes().registry().subjects(SHADOW.prefix())).isEmpty();
        assertThat(api.get(PATH).status()).isEqualTo(404);
        assertThat(JsonMapper.shared()
                        .readTree(send("DELETE", PATH).body())
                        .path("topics_deleted")
                        .asInt(-1))
                .as("again")
                .isZero();
        assertThat(memories("other-0")).as("what was promoted stays").hasSize(3);
    }

    private static void awaitPromoted() {
        await().atMost(WITHIN).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> assertThat(
                        get(PATH).at("/last_action/state").asString(""))
                .isEqualTo("done"));
    }

    private static int retired() {
        var retired = new AtomicInteger();
        new CommittedRecords(SharedSystem.stack().kafkaBootstrapServers(), serdes())
                .<UserForgotten>read(Topics.ERASURES, record -> {
                    if (String.valueOf(record.value().getReason()).endsWith("shadow " + SHADOW.name())) {
                        retired.incrementAndGet();
                    }
                });
        return retired.get();
    }

    private static EventSerdes serdes() {
        return EventSerdes.of(SharedSystem.stack().schemaRegistryUrl());
    }

    private static long count(JsonNode tiers, String tier, String kind) {
        return tiers.path(tier).path(kind).asLong(-1);
    }

    private static List<String> ofTier(List<JsonNode> memories, String tier, String interactionId) {
        return memories.stream()
                .filter(memory -> memory.path("tier").asString("").equals(tier))
                .filter(memory ->
                        memory.at("/sources/0/interaction_id").asString("").equals(interactionId))
                .map(memory -> memory.path("memory_id").asString(""))
                .toList();
    }

    private static String reflector(JsonNode memory) {
        return memory.path("reflector").asString("");
    }

    private static List<JsonNode> memories(String user) {
        return get("/api/v1/users/" + user + "/memories?limit=100&namespace=" + NAMESPACE)
                .path("memories")
                .valueStream()
                .toList();
    }

    private static void say(String user, int number, String text) {
        var id = user + "-" + number;
        var at = AT.plusSeconds(60L * number).toString();
        assertThat(api.post(Map.of(
                                "interaction_id",
                                id,
                                "namespace",
                                NAMESPACE,
                                "user_id",
                                user,
                                "session_id",
                                user + "-s",
                                "occurred_at",
                                at,
                                "messages",
                                List.of(Map.of(
                                        "message_id",
                                        id + "-m",
                                        "role",
                                        "user",
                                        "author",
                                        "Ada",
                                        "content",
                                        text,
                                        "sent_at",
                                        at))))
                        .status())
                .isEqualTo(202);
    }

    private static void awaitReflected(String user, int interactions) {
        await().atMost(WITHIN).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
            var status = get("/api/v1/users/" + user + "/status?namespace=" + NAMESPACE);
            assertThat(status.path("completed").asLong()).isEqualTo(interactions);
            assertThat(status.path("pending").asLong()).isZero();
        });
    }

    private static JsonNode get(String path) {
        var answer = api.get(path);
        assertThat(answer.status()).as("%s: %s", path, answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static HttpResponse<String> send(String method, String path) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create(SharedSystem.stack().ingestUrl()).resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + SharedSystem.OPERATOR)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
