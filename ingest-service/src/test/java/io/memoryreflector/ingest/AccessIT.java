package io.memoryreflector.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.ingest.config.StartFailure;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.store.longterm.LongTermMemory;
import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Who may do what, over real servers: keys, roles, two namespaces that see nothing of each other, limits, origins. */
@ExtendWith(SharedServers.class)
class AccessIT {

    /** Its answer has no end; PipelineIT looks at it. */
    private static final String ENDLESS = "/api/v1/pipeline/stream";

    private static final String OPERATOR = Tenant.key("operator");
    private static final Tenant OURS = new Tenant("ours");
    private static final Tenant THEIRS = new Tenant("theirs");
    private static final String KEYS = OURS.keys() + "," + THEIRS.keys() + "," + OPERATOR + ":*:admin";

    private static LocalStack stack;
    private static Service service;
    private static DeadLetterTopic topic;

    @BeforeAll
    static void start() {
        stack = SharedServers.steady();
        service = Service.start(
                stack, Map.of("REFLECTOR_API_KEYS", KEYS, "REFLECTOR_RATE_LIMIT", "0", "NEO4J_TIMEOUT", "20s"));
        service.bean(LongTermMemory.class).migrate();
        topic = new DeadLetterTopic(stack);
        OURS.fill(service, topic);
        THEIRS.fill(service, topic);
    }

    @AfterAll
    static void stop() {
        if (topic != null) {
            topic.close();
        }
        if (service != null) {
            service.close();
        }
    }

    @Test
    void shouldShowAnotherNamespacesKeyThatThereIsNothing() {
        var before = THEIRS.seen(service);

        for (var key : List.of(OURS.admin, OURS.reader, OURS.writer)) {
            for (var call : THEIRS.tools()) {
                assertRefused(call, call.send(service, key));
            }
            for (var call : THEIRS.calls()) {
                var answer = call.send(service, key);
                assertThat(answer.status())
                        .as(call + answer.response().body())
                        .isIn(key.equals(OURS.admin) ? List.of(404) : List.of(403, 404));
                assertThat(answer.response().body()).doesNotContain(Tenant.SECRET);
            }
            for (var call : THEIRS.changes()) {
                var answer = call.send(service, key);
                assertThat(answer.status())
                        .as(call + answer.response().body())
                        .isIn(key.equals(OURS.admin) ? List.of(404) : List.of(403, 404));
            }
        }
        assertThat(THEIRS.seen(service)).isEqualTo(before);
    }

    /** A tool's failure is an answer of its own: the protocol's 200 with words about it. */
    private static void assertRefused(Tenant.Call call, Service.Answer answer) {
        assertThat(answer.status()).as(call + answer.response().body()).isEqualTo(200);
        assertThat(answer.json().at("/result/isError").asBoolean(false))
                .as(call + answer.response().body())
                .isTrue();
        assertThat(answer.response().body()).doesNotContain(Tenant.SECRET);
    }

    @Test
    void shouldSayTheSameOfWhatIsAnothersAndOfWhatIsNot() {
        for (var call : THEIRS.calls()) {
            var id = call.path().replaceFirst("/api/v1/[^/]+/", "");
            if (!call.path().contains("?") && call.method().equals("GET")) {
                var theirs = call.send(service, OURS.admin);
                var nothing = new Tenant.Call("GET", call.path().replace(id, "x" + id.substring(1)), null)
                        .send(service, OURS.admin);
                assertThat(nothing.response().body().replace("x" + id.substring(1), id))
                        .isEqualTo(theirs.response().body());
            }
        }
        for (var tool : THEIRS.tools()) {
            var nothing =
                    new Tenant.Call(tool.method(), tool.path(), tool.body().replace("theirs", "nobodys"));
            assertThat(nothing.send(service, OURS.admin).response().body().replace("nobodys", "theirs"))
                    .isEqualTo(tool.send(service, OURS.admin).response().body());
        }
        // What is sent on of another's interaction is what is sent on of one that is not there: nothing.
        var answer = new Tenant.Call("POST", "/api/v1/retries:now", "{\"interaction_id\": \"" + THEIRS.retry + "\"}")
                .send(service, OURS.admin);
        assertThat(answer.json().path("sent_on").asInt(-1)).isZero();
    }

    @Test
    void shouldServeItsOwnNamespaceWithoutBeingTold() {
        for (var call : OURS.calls()) {
            var untold = new Tenant.Call(
                    call.method(),
                    call.path().replaceFirst("[?&]namespace=ours", ""),
                    call.body() == null ? null : "{}");
            for (var asked : List.of(call, untold)) {
                var answer = asked.send(service, OURS.admin);
                assertThat(answer.status()).as(asked + answer.response().body()).isEqualTo(200);
                assertThat(answer.response().body()).doesNotContain("theirs");
            }
        }
        for (var arguments : List.of(Map.of("namespace", OURS.namespace), Map.<String, String>of())) {
            var recall = new HashMap<String, Object>(arguments);
            recall.put("user_id", Tenant.USER);
            recall.put("query", Tenant.SECRET);
            var answer = Tenant.Call.tool("recall", recall).send(service, OURS.reader);
            assertThat(answer.json().at("/result/isError").asBoolean(true)).isFalse();
            assertThat(answer.response().body())
                    .contains("Wolpertinger called ours")
                    .doesNotContain("theirs");
        }
        assertThat(Tenant.get(service, OURS.reader, "/api/v1/users/ada/recall?query=Wolpertinger")
                        .response()
                        .body())
                .contains("Wolpertinger called ours");
        assertThat(Tenant.get(service, OURS.admin, "/api/v1/dead-letters")
                        .json()
                        .path("total")
                        .asInt())
                .isOne();
        assertThat(Tenant.get(service, OURS.admin, "/api/v1/retries")
                        .json()
                        .path("total")
                        .asInt())
                .isOne();
    }

    @Test
    void shouldShowAnOperatorEverythingAndAloneWhatIsOfNoKnownNamespace() {
        topic.park(null, DeadLetterTopic.POISON, Map.of(), DeadLetterTopic.streamsErrors("of.nobody", 0, 77));
        var list = "/api/v1/dead-letters?topic=of.nobody";
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        Tenant.get(service, OPERATOR, list).json().path("total").asInt() == 1);
        var id = Tenant.get(service, OPERATOR, list).text("/dead_letters/0/id");

        assertThat(id).isNotEmpty();
        assertThat(Tenant.get(service, OPERATOR, "/api/v1/dead-letters/" + encoded(id))
                        .status())
                .isEqualTo(200);
        assertThat(Tenant.get(service, OURS.admin, "/api/v1/dead-letters/" + encoded(id))
                        .status())
                .isEqualTo(404);
        assertThat(Tenant.get(service, OURS.admin, list).json().path("total").asInt())
                .isZero();
        for (var tenant : List.of(OURS, THEIRS)) {
            for (var call : tenant.calls()) {
                assertThat(call.send(service, OPERATOR).status())
                        .as(call.toString())
                        .isEqualTo(200);
            }
        }
        assertThat(Tenant.get(service, OPERATOR, "/api/v1/users/ada/recall?query=x")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "writer, POST, /api/v1/interactions, 422",
        "writer, GET, /api/v1/interactions/interaction-ours, 200",
        "writer, GET, /api/v1/users/ada/status, 200",
        "writer, GET, /api/v1/users/ada/recall?query=x, 403",
        "writer, GET, /api/v1/users/ada/memories, 403",
        "writer, GET, /api/v1/memories/memory-ours, 403",
        "writer, GET, /api/v1/dead-letters, 403",
        "reader, POST, /api/v1/interactions, 403",
        "reader, POST, /api/v1/interactions:batch, 403",
        "reader, GET, /api/v1/users/ada/recall?query=x, 200",
        "reader, GET, /api/v1/users/ada/status, 200",
        "reader, POST, /api/v1/dead-letters:replay, 403",
        "reader, POST, /api/v1/retries:now, 403",
        "admin, POST, /api/v1/interactions, 422",
        "writer, POST, /compat/mem0/v3/memories/add/, 422",
        "writer, POST, /compat/mem0/v3/memories/search/, 403",
        "writer, GET, /compat/mem0/v1/ping/, 200",
        "reader, POST, /compat/mem0/v3/memories/add/, 403",
        "reader, POST, /compat/mem0/v3/memories/search/, 400",
        "reader, GET, /compat/mem0/v1/memories/memory-ours/, 200",
        "reader, GET, /compat/mem0/v1/memories/memory-ours/history/, 200",
        "reader, GET, /compat/mem0/v1/memories/memory-theirs/, 404",
        "reader, GET, /compat/mem0/v1/memories/memory-theirs/history/, 404",
        "admin, GET, /compat/mem0/v1/event/interaction-theirs/, 404",
        "reader, GET, /compat/mem0/memories?user_id=ada, 200",
        "reader, PUT, /compat/mem0/v1/memories/memory-ours/, 403",
        "reader, POST, /api/v1/memories/memory-ours:release, 403",
        "writer, POST, /api/v1/memories/memory-ours:hold, 403",
        "admin, GET, /compat/mem0/v2/memories/, 403",
        "admin, GET, /api/v1/users/ada/recall?query=x, 200",
        "admin, GET, /api/v1/retries, 200",
        "admin, GET, /actuator/prometheus, 403",
        "admin, GET, /actuator/health, 403",
        "admin, GET, /api/v1/nothing, 403",
        "admin, PUT, /api/v1/interactions, 403",
        "admin, GET, //api/v1/dead-letters, 403",
    })
    void shouldLetEachRoleDoItsOwn(String role, String method, String path, int status) {
        var key = Map.of("writer", OURS.writer, "reader", OURS.reader, "admin", OURS.admin)
                .get(role);

        var answer = new Tenant.Call(method, path, method.equals("GET") ? null : "{}").send(service, key);

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        if (status >= 400) {
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "writer, remember, true",
        "writer, reflection_status, true",
        "writer, recall, false",
        "writer, forget, false",
        "reader, recall, true",
        "reader, reflection_status, true",
        "reader, remember, false",
        "reader, forget, false",
        "admin, remember, true",
        "admin, recall, true",
        "admin, reflection_status, true",
        "admin, forget, true",
    })
    void shouldLetEachRoleUseItsOwnTools(String role, String tool, boolean may) {
        var key = Map.of("writer", OURS.writer, "reader", OURS.reader, "admin", OURS.admin)
                .get(role);
        var arguments =
                switch (tool) {
                    case "remember" -> Map.<String, Object>of("user_id", "tool-user", "user_message", "hello");
                    case "recall" -> Map.<String, Object>of("user_id", "tool-user", "query", "hello");
                    case "forget" -> Map.<String, Object>of("user_id", "tool-user", "session_id", "none");
                    default -> Map.<String, Object>of("user_id", "tool-user");
                };

        var answer = Tenant.Call.tool(tool, arguments).send(service, key);

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        assertThat(answer.json().at("/result/isError").asBoolean())
                .as(answer.response().body())
                .isEqualTo(!may);
        assertThat(answer.response().body().contains("This credential may not use"))
                .isEqualTo(!may);
    }

    @Test
    void shouldHaveARuleForEveryEndpoint() {
        var checked = new ArrayList<String>();
        for (var mappings : service.context()
                .getBeansOfType(RequestMappingInfoHandlerMapping.class)
                .values()) {
            for (var mapping : mappings.getHandlerMethods().keySet()) {
                var methods = mapping.getMethodsCondition().getMethods();
                for (var pattern : mapping.getPatternValues()) {
                    if (pattern.equals(ENDLESS)) {
                        continue;
                    }
                    var path = pattern.replaceAll("\\{[^}]*}", "x").replace("**", "x");
                    for (var method : methods.isEmpty()
                            ? List.of("GET", "POST")
                            : methods.stream().map(Enum::name).toList()) {
                        var answer = new Tenant.Call(method, path, method.equals("GET") ? null : "{}")
                                .send(service, OPERATOR);
                        assertThat(answer.status())
                                .as("%s %s has no line in AccessPolicy", method, pattern)
                                .isNotEqualTo(403);
                        checked.add(method + " " + pattern);
                    }
                }
            }
        }
        assertThat(checked)
                .contains("POST /api/v1/interactions", "GET /actuator/prometheus", "GET /v3/api-docs")
                .hasSizeGreaterThan(25);
    }

    @Test
    void shouldAskEverybodyForAKeyButAtTheDoor() {
        for (var call :
                Stream.concat(OURS.calls().stream(), OURS.tools().stream()).toList()) {
            for (var request : List.of(
                    service.request(call.path()),
                    service.request(call.path()).header("Authorization", "Bearer " + OURS.admin + "x"),
                    service.request(call.path()).header("Authorization", "Basic " + OURS.admin),
                    service.request(call.path()).header("Authorization", OURS.admin),
                    service.request(call.path()).header("X-API-Key", ""),
                    service.request(call.path())
                            .header("X-API-Key", OURS.admin)
                            .header("Authorization", "Bearer " + THEIRS.admin))) {
                var answer = call.send(service, request);
                assertThat(answer.status()).as(call.path()).isIn(401, 429);
                assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
                if (answer.status() == 401) {
                    assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
                } else {
                    assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
                }
                assertThat(answer.response().body()).doesNotContain(Tenant.SECRET, OURS.admin, THEIRS.admin);
            }
        }
        for (var open : List.of(
                "/actuator/health/liveness", "/actuator/health/readiness", "/v3/api-docs", "/swagger-ui/index.html")) {
            assertThat(service.get(open).status()).as(open).isEqualTo(200);
        }
        assertThat(service.get("/actuator/health/readiness").response().body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(service.get("/actuator/prometheus").status()).isEqualTo(401);
    }

    @Test
    void shouldBoundWrongCredentialsWithoutLockingOutThoseWhoHaveAKey() {
        Service.Answer refused = null;
        for (var i = 0; i < 40; i++) {
            refused = Tenant.get(service, Tenant.key("guess-" + i), "/api/v1/users/ada/status");
        }

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isNotEmpty();
        assertThat(Tenant.get(service, OURS.reader, "/api/v1/users/ada/status").status())
                .isEqualTo(200);
    }

    @Test
    void shouldLimitEachKeyByItself() {
        try (var limited = Service.start(
                stack,
                Map.of("REFLECTOR_API_KEYS", KEYS, "REFLECTOR_RATE_LIMIT", "30", "REFLECTOR_RATE_LIMIT_BURST", "3"))) {
            Service.Answer answer = null;
            for (var i = 0; i < 6; i++) {
                answer = Tenant.get(limited, OURS.reader, "/api/v1/users/ada/status");
            }

            assertThat(answer.status()).isEqualTo(429);
            assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 2);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(Tenant.get(limited, THEIRS.reader, "/api/v1/users/ada/status")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void shouldLeaveARecordWithItsUserWhenItIsPatched() {
        for (var patch :
                List.of("{\"namespace\": \"theirs\"}", "{\"user_id\": \"eve\"}", "{\"a\": [{\"namespace\": null}]}")) {
            var answer = new Tenant.Call(
                            "POST", "/api/v1/dead-letters/" + OURS.letter + ":replay", "{\"patch\": " + patch + "}")
                    .send(service, OURS.admin);
            assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
            assertThat(answer.text("/errors/0/field")).startsWith("patch.");
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "127.0.0.1:8080, -, 200",
                "localhost, -, 200",
                "LOCALHOST:1, -, 200",
                "[::1]:8080, -, 200",
                "localhost:8080, http://localhost:8080, 200",
                "evil.example, -, 421",
                "127.0.0.1.evil.example:8080, -, 421",
                "localhost.evil.example, -, 421",
                "localhost:8080, http://evil.example, 403",
                "localhost:8080, http://localhost:3000, 403",
                "localhost:8080, null, 403",
                "localhost:8080, https://localhost:8080.evil.example, 403",
            })
    void shouldKeepOutThePagesOfOtherSites(String host, String origin, int status) throws IOException {
        var request = "GET /actuator/health/liveness HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n"
                + (origin == null ? "" : "Origin: " + origin + "\r\n") + "\r\n";
        try (var socket = new Socket("127.0.0.1", service.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));

            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 " + status);
        }
    }

    @Test
    void shouldTellBrowsersToBeCareful() {
        var answer = Tenant.get(service, OURS.reader, "/api/v1/users/ada/status");

        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "65 levels | [ | 65 | nesting depth",
                "long number | 1 | 500 | number",
                "long name | n | 5000 | name",
                "many tokens | , | 300000 | token count",
            })
    void shouldReadNoMoreThanItsBounds(String what, String unit, int count, String complaint) {
        var value =
                switch (unit) {
                    case "[" -> "[".repeat(count) + "]".repeat(count);
                    case "1" -> "1".repeat(count);
                    case "n" -> "{\"" + "n".repeat(count) + "\": 1}";
                    default -> "[" + "[],".repeat(count) + "[]]";
                };
        var body = "{\"user_id\": \"u\", \"user_message\": \"x\", \"metadata\": {\"m\": " + value + "}}";

        var answer = new Tenant.Call("POST", "/api/v1/interactions", body).send(service, OURS.writer);

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.text("/errors/0/field")).isEqualTo("body");
        assertThat(answer.text("/detail")).containsIgnoringCase(complaint).doesNotContain("StreamReadConstraints");
    }

    @Test
    void shouldNotStartWhereEverybodyCouldReachItAndNobodyIsAsked() {
        var environment = new Environment(Service.environment(stack, Map.of("SERVER_ADDRESS", "0.0.0.0")));

        assertThatThrownBy(() -> IngestApplication.start(environment).close())
                .satisfies(failure -> assertThat(StartFailure.line(failure))
                        .startsWith("SERVER_ADDRESS: got '0.0.0.0'")
                        .contains("REFLECTOR_API_KEYS")
                        .hasLineCount(1));
    }

    @Test
    void shouldTakeWhateverSyntaxForTheTextThatItIs() {
        var before = THEIRS.seen(service);
        var payloads = Payloads.all();
        assertThat(payloads).hasSizeGreaterThanOrEqualTo(200);

        for (var payload : payloads) {
            var text = encoded(payload);
            for (var path : List.of(
                    "/api/v1/users/" + text + "/recall?query=Wolpertinger",
                    "/api/v1/users/" + text + "/memories",
                    "/api/v1/users/" + text + "/status",
                    "/api/v1/users/nobody/recall?query=" + text + "&session_id=" + text,
                    "/api/v1/users/nobody/memories?q=" + text + "&session_id=" + text + "&cursor=" + text,
                    "/api/v1/users/nobody/recall?query=x&namespace=" + text,
                    "/api/v1/users/nobody/recall?query=x&as_of=" + text + "&tiers=" + text,
                    "/api/v1/memories/" + text,
                    "/api/v1/interactions/" + text,
                    "/api/v1/dead-letters/" + text,
                    "/api/v1/dead-letters?user_id=" + text + "&error=" + text + "&topic=" + text,
                    "/api/v1/retries?user_id=" + text + "&cursor=" + text,
                    "/api/v1/replay-jobs/" + text)) {
                harmless(path, Tenant.get(service, OURS.admin, path));
            }
            harmless(payload, write(payload));
            for (var tool : List.of(
                    Tenant.Call.tool("recall", Map.of("user_id", payload, "query", "Wolpertinger")),
                    Tenant.Call.tool("recall", Map.of("user_id", "x", "query", payload, "session_id", payload)),
                    Tenant.Call.tool("recall", Map.of("user_id", "x", "query", "x", "namespace", payload)),
                    Tenant.Call.tool("reflection_status", Map.of("interaction_id", payload)),
                    Tenant.Call.tool("remember", Map.of("user_id", payload, "user_message", payload)),
                    Tenant.Call.tool("forget", Map.of("user_id", payload, "memory_id", payload)))) {
                harmless(tool.body(), tool.send(service, OURS.admin));
            }
        }
        assertThat(THEIRS.seen(service)).isEqualTo(before);
    }

    /** With the payload as user, session, id, text, category and in the metadata; read again as that user. */
    private static Service.Answer write(String payload) {
        var json = Service.JSON.writeValueAsString(payload);
        var body = """
                {"user_id": %s, "session_id": %s, "category": %s, "metadata": {"k": %s},
                 "messages": [{"message_id": %s, "role": "user", "author": %s, "content": %s}]}""".formatted(json, json, json, json, json, json, json);
        var request = service.request("/api/v1/interactions")
                .header("Authorization", "Bearer " + OURS.writer)
                .header("Content-Type", "application/json");
        if (Pattern.matches("[ -~]+", payload) && !payload.isBlank()) {
            request.header("Idempotency-Key", payload).header("traceparent", payload);
        }
        return service.send(request.POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static void harmless(String what, Service.Answer answer) {
        assertThat(answer.status()).as(what + answer.response().body()).isBetween(200, 499);
        assertThat(answer.response().body().replace("query=Wolpertinger", ""))
                .as(what)
                .doesNotContain("Wolpertinger");
        assertThat(answer.response().headers().map()).doesNotContainKey("x-injected");
    }

    @Test
    void shouldLeakNothingInRandomCallsOverTheNetwork() {
        var before = THEIRS.seen(service);
        var seed = Long.getLong("access.seed", new Random().nextLong());
        System.out.println("access.seed=" + seed);
        var calls = new RandomCalls(new Random(seed), OURS, THEIRS);

        for (var i = 0; i < 2_000; i++) {
            var call = calls.next();
            var request = service.request(call.request().path());
            call.headers().forEach(request::header);
            var answer = call.request().send(service, request);
            call.check(answer.status(), answer.response().body());
        }
        assertThat(THEIRS.seen(service)).isEqualTo(before);
    }

    @Test
    void shouldLeakNothingInAHundredThousandRandomCalls() throws Exception {
        var before = THEIRS.seen(service);
        var seed = Long.getLong("access.seed", new Random().nextLong());
        System.out.println("access.seed=" + seed);
        var calls = new RandomCalls(new Random(seed), OURS, THEIRS);
        var chain = new InProcess(service);
        for (var i = 0; i < Integer.getInteger("access.calls", 100_000); i++) {
            chain.send(calls.next());
        }
        assertThat(calls.seen().keySet()).contains(401, 404, 200);
        System.out.println("access.answers=" + calls.seen());
        assertThat(THEIRS.seen(service)).isEqualTo(before);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
