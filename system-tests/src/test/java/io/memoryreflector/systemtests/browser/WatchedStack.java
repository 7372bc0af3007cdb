package io.memoryreflector.systemtests.browser;

import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.systemtests.clients.ExampleProgram;
import io.memoryreflector.systemtests.model.Behaviour;
import io.memoryreflector.systemtests.model.Outcome;
import io.memoryreflector.systemtests.model.StubModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole system with something on every view: a user with a story, a model that failed for others, bytes that are no
 * event. Whoever asks shows a key.
 */
final class WatchedStack implements AutoCloseable {

    private static final Path PAGE = Path.of("..", "page", "target");
    private static final Duration RUN_WITHIN = Duration.ofMinutes(6);
    private static final Duration TOLD_WITHIN = Duration.ofMinutes(2);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String KEY = "operator-0123456789abcdef0123456789abcdef";
    private static final String TRACED = "m2";

    private final StubModel model;
    private final LocalStack stack;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> sessions = new ArrayList<>();
    private String user;

    private WatchedStack(StubModel model, LocalStack stack) {
        this.model = model;
        this.stack = stack;
    }

    static WatchedStack start() throws Exception {
        var model = StubModel.start(0, Behaviour.well(Duration.ofMillis(150)));
        WatchedStack watched = null;
        try {
            watched = new WatchedStack(
                    model,
                    LocalStack.start(
                            Part.whole(),
                            Map.of(
                                    "REFLECTOR_API_KEYS", KEY + ":*:admin",
                                    "OPENAI_BASE_URL", model.baseUrl().toString(),
                                    "OPENAI_MODEL", "stub",
                                    "OPENAI_API_KEY", "sk-not-a-key",
                                    "REFLECTION_RETRY_DELAY", "10m",
                                    "NEO4J_TIMEOUT", "20s")));
            watched.tell();
            return watched;
        } catch (Exception e) {
            if (watched == null) {
                model.close();
            } else {
                watched.close();
            }
            throw e;
        }
    }

    /** Runs one of the scripts to its end; fails with what it wrote. */
    String run(String script, Map<String, String> more) throws IOException, InterruptedException {
        var environment = new HashMap<>(Map.of(
                "PAGE_URL", stack.ingestUrl(),
                "PAGE_KEY", KEY,
                "PAGE_USER", user,
                "PAGE_TRACED", user + "-" + TRACED,
                "PAGE_TRACED_MESSAGE", TRACED));
        environment.putAll(more);
        return new ExampleProgram(PAGE, environment)
                .run(RUN_WITHIN, List.of("node", "../src/test/browser/" + script + ".mjs"));
    }

    /** Others talk too, until it is shut down: a few interactions a second. */
    ExecutorService traffic() {
        var executor = Executors.newSingleThreadScheduledExecutor();
        var said = new AtomicInteger();
        executor.scheduleAtFixedRate(() -> chat(said.incrementAndGet()), 0, 250, TimeUnit.MILLISECONDS);
        return executor;
    }

    private void chat(int n) {
        try {
            post(Map.of(
                    "user_id", "guest-" + n % 40, "user_message", "My table is number " + n + ", near the window."));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void tell() throws Exception {
        var told = story();
        await(user, told);
        endSessions();
        meetsTrouble("grace", Outcome.SERVER_ERROR, "retrying");
        meetsTrouble("linus", Outcome.REFUSED, "failed");
        model.behave(Behaviour.well(Duration.ofMillis(150)));
        poison(3);
        Awaitility.await()
                .atMost(TOLD_WITHIN)
                .until(() -> get("/api/v1/dead-letters").path("total").asInt() >= 4);
    }

    /** Each is over, and told by the model before it has trouble. */
    private void endSessions() throws Exception {
        for (var session : sessions) {
            send("/api/v1/users/" + user + "/sessions/" + session + ":end", Map.of());
        }
        for (var session : sessions) {
            Awaitility.await().atMost(TOLD_WITHIN).until(() -> get("/api/memory/default/session/" + session)
                    .toString()
                    .contains("In this session"));
        }
    }

    /** Says something while the model answers nobody well, and waits until that shows. */
    private void meetsTrouble(String unlucky, Outcome trouble, String state) throws Exception {
        model.behave(faulty(trouble));
        post(Map.of("interaction_id", unlucky + "-1", "user_id", unlucky, "user_message", "My train leaves at nine."));
        Awaitility.await().atMost(TOLD_WITHIN).until(() -> {
            var status = get("/api/v1/interactions/" + unlucky + "-1");
            var tiers = status.path("tiers");
            return tiers.size() == 3
                    && tiers.valueStream()
                            .allMatch(tier -> state.equals(tier.path("state").asString("")));
        });
    }

    private static Behaviour faulty(Outcome outcome) {
        var well = Behaviour.well(Duration.ofMillis(50));
        return new Behaviour(
                well.latency(),
                Map.of(outcome, 1.0),
                well.seed(),
                well.burst(),
                well.retryAfter(),
                well.formats(),
                well.gullible());
    }

    /** The conversation of 'make demo'. */
    private int story() throws IOException, InterruptedException {
        JsonNode script;
        try (var resource = WatchedStack.class.getResourceAsStream("/demo/conversation.json")) {
            script = JSON.readTree(resource);
        }
        user = script.path("user_id").asString();
        var turns = 0;
        for (var session : script.path("sessions")) {
            sessions.add(session.path("session_id").asString());
            for (var turn : session.path("turns")) {
                turns++;
                var at = session.path("date").asString() + "T" + turn.path("at").asString() + ":00Z";
                var messages = new ArrayList<Map<String, Object>>();
                messages.add(
                        message("m" + turns, "user", "Ada", turn.path("user").asString(), at));
                if (turn.has("assistant")) {
                    messages.add(message(
                            "m" + turns + "a",
                            "assistant",
                            "Assistant",
                            turn.path("assistant").asString(),
                            at));
                }
                var interaction = new LinkedHashMap<String, Object>();
                interaction.put("interaction_id", user + "-m" + turns);
                interaction.put("user_id", user);
                interaction.put("session_id", session.path("session_id").asString());
                interaction.put("occurred_at", at);
                interaction.put("messages", messages);
                post(interaction);
            }
        }
        return turns;
    }

    private static Map<String, Object> message(String id, String role, String author, String content, String at) {
        return Map.of("message_id", id, "role", role, "author", author, "content", content, "sent_at", at);
    }

    private void await(String whom, int received) {
        Awaitility.await().atMost(TOLD_WITHIN).until(() -> {
            var status = get("/api/v1/users/" + whom + "/status");
            return status.path("received").asInt() == received
                    && status.path("pending").asInt() == 0;
        });
    }

    private void poison(int count) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafkaBootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (var n = 0; n < count; n++) {
                var value = ("{\"user_id\": \"ada\", \"user_message\": \"JSON, where Avro belongs " + n + "\"}")
                        .getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(
                                Topics.INTERACTIONS.name(),
                                ("default/ada" + n).getBytes(StandardCharsets.UTF_8),
                                value))
                        .get(30, TimeUnit.SECONDS);
            }
        }
    }

    private void post(Map<String, ?> interaction) throws IOException, InterruptedException {
        send("/api/v1/interactions", interaction);
    }

    private void send(String path, Map<String, ?> body) throws IOException, InterruptedException {
        var answer = http.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 202) {
            throw new IllegalStateException(path + ": expected 202, got " + answer.statusCode() + " " + answer.body());
        }
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return JSON.readTree(http.send(request(path).build(), HttpResponse.BodyHandlers.ofString())
                .body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(stack.ingestUrl() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + KEY);
    }

    @Override
    public void close() {
        stack.close();
        model.close();
    }
}
