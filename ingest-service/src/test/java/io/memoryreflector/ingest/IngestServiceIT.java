package io.memoryreflector.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.events.Embedding;
import io.memoryreflector.events.Episode;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Priority;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.Role;
import io.memoryreflector.events.Source;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.reflection.embedding.Embedder;
import io.memoryreflector.schemas.HeaderNames;
import io.memoryreflector.schemas.Ids;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.Vectors;
import io.memoryreflector.store.longterm.LongTermMemory;
import io.memoryreflector.store.projection.GraphDriver;
import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neo4j.driver.Driver;

/** The service over real servers: what it writes, what it answers, what it reads. */
@ExtendWith(SharedServers.class)
class IngestServiceIT {

    private static final String PROBLEM_JSON = "application/problem+json";

    private static LocalStack stack;
    private static Service service;
    private static TopicReader log;

    @BeforeAll
    static void start() {
        stack = SharedServers.steady();
        service = SharedServers.service();
        log = TopicReader.fromNow(stack);
    }

    @AfterAll
    static void stop() {
        log.close();
    }

    @Test
    void shouldPutAnInteractionIntoTheLogAndTierOneAndOnTheBoard() {
        var id = newId();
        var trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        var answer = service.post("/api/v1/interactions", """
                {"user_id": "first-ada", "session_id": "s1", "interaction_id": "%s", "priority": "high", "category": "chat",
                 "metadata": {"channel": "web", "turn": 3, "tags": ["a"]}, "of_no_meaning": 1,
                 "messages": [
                   {"message_id": "D1:3", "role": "user", "author": "Ada", "content": "I moved to Lisbon.",
                    "sent_at": "2026-05-02T12:00:00+02:00"},
                   {"role": "Assistant", "content": "How is it?"}]}
                """.formatted(id), "traceparent", trace);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text("/status")).isEqualTo("queued_reflection");
        assertThat(answer.text("/interaction_id")).isEqualTo(id);
        assertThat(answer.text("/links/status")).isEqualTo("/api/v1/interactions/" + id);
        assertThat(answer.text("/priority")).isEqualTo("high");
        assertThat(answer.json().propertyNames())
                .contains("reflection_job_id", "short_term_id", "timestamp")
                .doesNotContain("interactionId");

        var records = logOf(id);
        assertThat(records).hasSize(1);
        assertThat(records.get(0).key()).isEqualTo("default/first-ada");
        assertThat(new String(
                        records.get(0)
                                .headers()
                                .lastHeader(HeaderNames.TRACEPARENT)
                                .value(),
                        StandardCharsets.UTF_8))
                .isEqualTo(trace);
        var event = records.get(0).value();
        assertThat(event.getSource()).isEqualTo(Source.REST);
        assertThat(event.getPriority()).isEqualTo(Priority.HIGH);
        assertThat(event.getMetadata())
                .containsOnly(Map.entry("channel", "web"), Map.entry("turn", "3"), Map.entry("tags", "[\"a\"]"));
        assertThat(event.getMessages()).hasSize(2);
        assertThat(event.getMessages().get(0).getMessageId()).isEqualTo("D1:3");
        assertThat(event.getMessages().get(1).getMessageId()).isEqualTo(id + ":1");
        assertThat(event.getMessages().get(1).getRole()).isEqualTo(Role.ASSISTANT);
        assertThat(event.getOccurredAt()).isBetween(Instant.now().minusSeconds(60), Instant.now());

        assertThat(service.get("/api/v1/interactions/" + id).text("/status")).isEqualTo("queued");
        assertThat(service.get("/api/v1/users/first-ada/status")
                        .json()
                        .get("pending")
                        .asInt())
                .isPositive();
        var recalled = service.get("/api/v1/users/first-ada/recall?query=anything&session_id=s1");
        assertThat(recalled.status()).as(recalled.response().body()).isEqualTo(200);
        assertThat(recalled.text("/short_term/0/content")).isEqualTo("I moved to Lisbon.");
        assertThat(recalled.text("/short_term/0/sent_at")).isEqualTo("2026-05-02T10:00:00Z");
    }

    @Test
    void shouldTakeTheShortFormAndMakeATimeOrderedId() {
        var answer = service.post(
                "/api/v1/interactions",
                "{\"user_id\": \"short\", \"content\": \"hello\", \"assistant_response\": \"hi\"}");

        assertThat(answer.status()).isEqualTo(202);
        var id = UUID.fromString(answer.text("/interaction_id"));
        assertThat(id.version()).isEqualTo(7);
        assertThat(logOf(id.toString()).get(0).value().getMessages())
                .extracting(message -> message.getRole() + ":" + message.getContent())
                .containsExactly("USER:hello", "ASSISTANT:hi");
    }

    @Test
    void shouldAnswerARepeatAsADuplicateAndSendNothing() {
        var id = newId();
        var body = body("twice", id, "once");
        assertThat(service.post("/api/v1/interactions", body).text("/status")).isEqualTo("queued_reflection");

        // The board learns of the acknowledgement off the request's path.
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            var again = service.post("/api/v1/interactions", body);
            assertThat(again.status()).isEqualTo(202);
            assertThat(again.text("/status")).isEqualTo("duplicate");
            assertThat(again.text("/interaction_id")).isEqualTo(id);
        });
        var before = logOf(id).size();
        service.post("/api/v1/interactions", body);
        assertThat(logOf(id)).hasSize(before);
    }

    @Test
    void shouldMakeTheSameIdOfTheSameIdempotencyKey() {
        var body = "{\"user_id\": \"keyed\", \"user_message\": \"hello\"}";

        var first = service.post("/api/v1/interactions", body, "Idempotency-Key", "k-1");
        var second = service.post("/api/v1/interactions", body, "Idempotency-Key", "k-1");
        var other = service.post("/api/v1/interactions", body, "Idempotency-Key", "k-2");

        assertThat(second.text("/interaction_id")).isEqualTo(first.text("/interaction_id"));
        assertThat(other.text("/interaction_id")).isNotEqualTo(first.text("/interaction_id"));
    }

    @Test
    void shouldRefuseAnotherUsersInteractionId() {
        var id = newId();
        service.post("/api/v1/interactions", body("owner", id, "mine"));

        var answer = service.post("/api/v1/interactions", body("thief", id, "mine too"));

        assertProblem(answer, 409);
        assertThat(answer.text("/detail")).contains(id);
        assertThat(logOf(id)).extracting(ConsumerRecord::key).containsOnly("default/owner");
    }

    @Test
    void shouldAnswerABatchItemByItem() {
        var ids = List.of(newId(), newId(), newId());
        var answer = service.post(
                "/api/v1/interactions:batch",
                "[" + body("batch", ids.get(0), "one") + ", {\"user_id\": 7}, {\"user_id\": \"batch\"}, "
                        + body("batch", ids.get(1), "two") + "," + body("batch", ids.get(1), "two") + ","
                        + body("else", ids.get(1), "two") + "," + body("batch", ids.get(2), "three") + "]");

        assertThat(answer.status()).isEqualTo(207);
        assertThat(answer.json().get("accepted").asInt()).isEqualTo(4);
        assertThat(answer.json().get("rejected").asInt()).isEqualTo(3);
        var codes = new ArrayList<Integer>();
        answer.json().get("items").forEach(item -> codes.add(item.get("code").asInt()));
        assertThat(codes).containsExactly(202, 400, 422, 202, 202, 409, 202);
        assertThat(answer.text("/items/1/problem/errors/0/field")).isEqualTo("user_id");
        assertThat(answer.text("/items/2/problem/errors/0/field")).isEqualTo("messages");
        assertThat(answer.text("/items/4/answer/status")).isEqualTo("duplicate");
        for (var id : ids) {
            assertThat(logOf(id)).hasSize(1);
        }
    }

    @Test
    void shouldKnowAtOnceWhatItMadeTheIdOf() {
        var one = service.post("/api/v1/interactions", "{\"user_id\": \"fresh\", \"content\": \"hello\"}");
        assertThat(service.get(one.text("/links/status")).text("/status")).isEqualTo("queued");

        var many = service.post(
                "/api/v1/interactions:batch",
                "{\"user_id\": \"fresh\", \"content\": \"two\"}\n{\"user_id\": \"fresh\", \"content\": \"three\"}\n",
                "Content-Type",
                "application/x-ndjson");
        assertThat(service.get(many.text("/items/1/answer/links/status")).text("/status"))
                .isEqualTo("queued");

        var status = service.get("/api/v1/users/fresh/status").json();
        assertThat(status.get("received").asInt()).isEqualTo(3);
        assertThat(status.get("pending").asInt()).isEqualTo(3);
    }

    @Test
    void shouldTellOfEachOfABatchWhetherItIsNewKnownOrAnothers() {
        var known = newId();
        var added = newId();
        service.post("/api/v1/interactions", body("batched", known, "once"));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> service.post("/api/v1/interactions", body("batched", known, "once"))
                        .text("/status")
                        .equals("duplicate"));
        var before = logOf(known).size();

        var answer = service.post(
                "/api/v1/interactions:batch",
                "[" + body("batched", known, "once") + "," + body("thief", known, "mine") + ","
                        + body("batched", added, "two") + ",{\"user_id\": \"batched\", \"content\": \"no id\"}]");

        assertThat(answer.text("/items/0/answer/status")).isEqualTo("duplicate");
        assertThat(answer.text("/items/1/code")).isEqualTo("409");
        assertThat(answer.text("/items/2/answer/status")).isEqualTo("queued_reflection");
        assertThat(answer.text("/items/3/answer/status")).isEqualTo("queued_reflection");
        assertThat(logOf(known)).hasSize(before);
        assertThat(logOf(added)).hasSize(1);
    }

    @Test
    void shouldTakeABatchLineByLine() {
        var first = newId();
        var second = newId();
        var answer = service.post(
                "/api/v1/interactions:batch",
                body("lines", first, "one").replace("\n", "") + "\n{broken\n\n"
                        + body("lines", second, "two").replace("\n", "") + "\n",
                "Content-Type",
                "application/x-ndjson");

        assertThat(answer.status()).isEqualTo(207);
        assertThat(answer.text("/items/1/problem/errors/0/field")).isEqualTo("body");
        assertThat(logOf(first)).hasSize(1);
        assertThat(logOf(second)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b/c",
                "ünï ☂ 漢字",
                "dots.and..more",
                "..",
                "semi;colon=1",
                "100% sure?#&+",
                "back\\slash",
                "{curly}"
            })
    void shouldTakeAnyTextAsAUserId(String user) {
        var id = newId();

        var answer = service.post("/api/v1/interactions", body(user.replace("\\", "\\\\"), id, "hello"));

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        assertThat(logOf(id).get(0).key()).isEqualTo("default/" + user);
        var status = service.get("/api/v1/users/" + encoded(user) + "/status");
        assertThat(status.status()).as(status.response().body()).isEqualTo(200);
        assertThat(status.json().get("pending").asInt()).isEqualTo(1);
        var recalled = service.get("/api/v1/users/" + encoded(user) + "/recall?query=hello");
        assertThat(recalled.text("/short_term/0/interaction_id")).isEqualTo(id);
    }

    @Test
    void shouldTellWhatIsWrongWithEachField() {
        var answer = service.post("/api/v1/interactions", """
                {"namespace": "Not Good", "interaction_id": "", "occurred_at": "yesterday", "priority": "soon",
                 "messages": [{"role": "king", "content": "a"}, {"content": " "}, null,
                              {"message_id": "m", "role": "user", "content": "b"},
                              {"message_id": "m", "role": "user", "content": "b"}]}
                """);

        assertProblem(answer, 422);
        var fields = new ArrayList<String>();
        answer.json()
                .get("errors")
                .forEach(error -> fields.add(error.get("field").asString()));
        assertThat(fields)
                .containsExactlyInAnyOrder(
                        "namespace",
                        "interaction_id",
                        "occurred_at",
                        "priority",
                        "messages[0].role",
                        "messages[1].role",
                        "messages[1].content",
                        "messages[2]",
                        "messages[4].message_id");
        assertThat(answer.json().get("errors").toString())
                .contains("got 'yesterday'", "takes low, normal, high, urgent");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"user_id\": 5, \"user_message\": \"x\"} | user_id | got a number, takes a text",
                "{\"user_id\": \"u\", \"messages\": \"x\"} | messages | got a text, takes an array",
                "{\"user_id\": \"u\", \"messages\": [{\"content\": {}}]} | messages[0].content | got an object, takes a text",
                "{\"user_id\": \"u\", \"metadata\": []} | metadata | got an array, takes an object",
                "[] | body | got an array, takes an object",
                "{\"user_id\": | body | is not JSON",
                "nonsense | body | is not JSON",
                "'' | body | is missing",
                "null | body | is missing",
            })
    void shouldNameTheFieldOfTheWrongType(String body, String field, String message) {
        var answer = service.post("/api/v1/interactions", body);

        assertProblem(answer, 400);
        assertThat(answer.text("/errors/0/field")).isEqualTo(field);
        assertThat(answer.text("/errors/0/message")).startsWith(message);
    }

    @Test
    void shouldRefuseWhatIsTooLarge() {
        var message = service.post("/api/v1/interactions", body("large", newId(), "x".repeat(256 * 1024 + 1)));
        assertProblem(message, 413);
        assertThat(message.text("/errors/0/field")).isEqualTo("messages[0].content");

        var request = service.post("/api/v1/interactions", " ".repeat(1024 * 1024) + body("large", newId(), "x"));
        assertProblem(request, 413);

        var unannounced = service.send(service.request("/api/v1/interactions")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(
                        " ".repeat(1024 * 1024 + 1).getBytes(StandardCharsets.UTF_8)))));
        assertProblem(unannounced, 413);

        var many = "{\"role\": \"user\", \"content\": \"x\"},".repeat(201);
        assertProblem(
                service.post(
                        "/api/v1/interactions",
                        "{\"user_id\": \"large\", \"messages\": [" + many.substring(0, many.length() - 1) + "]}"),
                422);
    }

    @Test
    void shouldTakeWhatIsJustSmallEnough() {
        var content = "x".repeat(256 * 1024);
        assertThat(service.post("/api/v1/interactions", body("large", newId(), content))
                        .status())
                .isEqualTo(202);

        var messages = "{\"role\": \"user\", \"content\": \"x\"},".repeat(200);
        assertThat(service.post(
                                "/api/v1/interactions",
                                "{\"user_id\": \"large\", \"messages\": ["
                                        + messages.substring(0, messages.length() - 1) + "]}")
                        .status())
                .isEqualTo(202);
        assertThat(withMetadata(64).status()).isEqualTo(202);
        assertProblem(withMetadata(65), 422);
        assertThat(withMetadata(65).text("/errors/0/message")).isEqualTo("got 65 entries, takes up to 64");

        var body = body("large", newId(), "x");
        assertThat(service.post("/api/v1/interactions", " ".repeat(1024 * 1024 - body.length()) + body)
                        .status())
                .isEqualTo(202);
    }

    private static Service.Answer withMetadata(int entries) {
        var metadata = new ArrayList<String>();
        for (var i = 0; i < entries; i++) {
            metadata.add("\"k" + i + "\": " + i);
        }
        return service.post(
                "/api/v1/interactions",
                "{\"user_id\": \"large\", \"user_message\": \"x\", \"metadata\": {" + String.join(",", metadata)
                        + "}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "+999999999-12-31T23:59:59Z"})
    void shouldRefuseAnAbsurdTimeWhereverItIs(String time) {
        assertProblem(
                service.post(
                        "/api/v1/interactions",
                        "{\"user_id\": \"u\", \"user_message\": \"x\", \"occurred_at\": \"" + time + "\"}"),
                422);
        assertThat(service.get("/api/v1/users/u/memories?from=" + encoded(time)).status())
                .isIn(200, 400);
        assertThat(service.get("/api/v1/users/u/recall?query=x&as_of=" + encoded(time))
                        .status())
                .isIn(200, 400);
    }

    @ParameterizedTest
    @CsvSource({
        "/nowhere, 404",
        "/api/v1/interactions/never-seen, 404",
        "/api/v1/memories/never-seen, 404",
        "/api/v1/interactions, 405",
        "/api/v1/users/u/recall, 400",
        "/api/v1/users/u/recall?query=x&limit=101, 400",
        "/api/v1/users/u/recall?query=x&limit=many, 400",
        "/api/v1/users/u/recall?query=x&tiers=magic, 400",
        "/api/v1/users/u/recall?query=x&as_of=then, 400",
        "/api/v1/users/u/recall?query=x&namespace=No, 400",
        "/api/v1/users/u/memories?cursor=broken, 400",
        "/api/v1/users/u/memories?tier=magic, 400",
        "/api/v1/users/u/memories?from=%2B999999999-12-31T23:59:59Z, 400",
        "/api/v1/users/u/memories?q=%zz, 400",
        "/api/v1/users/u/memories?q=%ff, 400",
        "/actuator/health/a%2Fb, 404",
        "/actuator/health/../.., 404",
        "/api/v1/users/u%00/status?namespace=%zz, 400",
    })
    void shouldAnswerEveryErrorAsAProblem(String path, int status) throws IOException {
        var raw = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(raw).startsWith("HTTP/1.1 " + status).contains(PROBLEM_JSON);
        assertThat(raw).contains("\"status\":" + status).doesNotContain("Exception", "\tat ");
    }

    @Test
    void shouldAnswerWhatTheProtocolForbidsAsAProblem() throws IOException {
        assertThat(raw("GET /{not allowed} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains(PROBLEM_JSON);
        assertProblem(service.post("/api/v1/interactions", "<x/>", "Content-Type", "application/xml"), 415);
        assertProblem(service.post("/api/v1/interactions", "{}", "Content-Type", "*/*"), 415);
        assertProblem(service.post("/api/v1/interactions", "{}", "Content-Type", "multipart/form-data"), 415);
        assertProblem(
                service.send(service.request("/api/v1/users/u/status")
                        .header("Accept", "image/png")
                        .GET()),
                406);
    }

    @Test
    void shouldSayThatTheLongTermIsBusyWhereAnotherHoldsTheUsersLockForTooLong() {
        var user = new UserKey("default", "busy");
        service.bean(LongTermMemory.class)
                .apply(List.of(episode(
                        user, service.bean(Embedder.class), "i1", "Ada flies a kite.", "2026-01-01T10:00:00Z")));
        try (var impatient = Service.start(stack, Map.of("NEO4J_TIMEOUT", "1s"));
                var session = GraphDriver.raw(service.bean(Driver.class)).session();
                var holder = session.beginTransaction()) {
            holder.run("MATCH (u:User {user_key: $key}) SET u.held = true", Map.of("key", user.toString()))
                    .consume();

            assertProblem(impatient.get("/api/v1/users/busy/recall?query=kite"), 503);

            holder.rollback();
            assertThat(impatient.get("/api/v1/users/busy/recall?query=kite").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void shouldRecallWhatTheLongTermHolds() {
        var user = new UserKey("default", "recaller");
        var embedder = service.bean(Embedder.class);
        service.bean(LongTermMemory.class)
                .apply(List.of(
                        episode(user, embedder, "i1", "Ada adopted a grey cat called Turing.", "2026-01-01T10:00:00Z"),
                        episode(user, embedder, "i2", "Ada booked a flight to Oslo.", "2026-02-01T10:00:00Z"),
                        episode(user, embedder, "i3", "Ada repaired the garden fence.", "2026-03-01T10:00:00Z")));

        var answer = service.get("/api/v1/users/recaller/recall?query=" + encoded("What is the name of the pet?")
                + "&limit=2&tiers=episodic,semantic&explain=true");

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        assertThat(answer.json().get("items")).hasSize(2);
        assertThat(answer.text("/items/0/text")).contains("Turing");
        assertThat(answer.text("/items/0/tier")).isEqualTo("episodic");
        assertThat(answer.text("/items/0/occurred_at")).isEqualTo("2026-01-01T10:00:00Z");
        assertThat(answer.text("/items/0/sources/0/interaction_id")).isEqualTo("i1");
        assertThat(answer.text("/items/0/sources/0/message_id")).isEqualTo("i1:0");
        assertThat(answer.json().at("/items/0/parts").isObject()).isTrue();
        assertThat(answer.json().get("took_ms").isNumber()).isTrue();

        var early =
                service.get("/api/v1/users/recaller/recall?query=Ada&as_of=" + encoded("2026-01-15T00:00:00+00:00"));
        assertThat(early.json().get("items")).hasSize(1);

        var page = service.get("/api/v1/users/recaller/memories?limit=2");
        assertThat(page.json().get("memories")).hasSize(2);
        assertThat(page.text("/memories/0/text")).contains("fence");
        var rest = service.get("/api/v1/users/recaller/memories?limit=2&cursor=" + encoded(page.text("/next_cursor")));
        assertThat(rest.json().get("memories")).hasSize(1);
        assertThat(rest.json().get("next_cursor").isNull()).isTrue();

        var one = service.get("/api/v1/memories/" + answer.text("/items/0/memory_id"));
        assertThat(one.text("/user_id")).isEqualTo("recaller");
        assertThat(service.get("/api/v1/users/stranger/recall?query=Ada").json().get("items"))
                .isEmpty();
    }

    @Test
    void shouldDescribeItselfInSnakeCase() {
        var api = service.get("/v3/api-docs");

        assertThat(api.status()).isEqualTo(200);
        assertThat(api.json().get("paths").propertyNames())
                .contains(
                        "/api/v1/interactions",
                        "/api/v1/interactions:batch",
                        "/api/v1/interactions/{id}",
                        "/api/v1/users/{user}/recall",
                        "/api/v1/users/{user}/memories",
                        "/api/v1/users/{user}/status");
        var schemas = api.json().at("/components/schemas");
        var names = new ArrayList<String>();
        schemas.forEach(schema -> names.addAll(schema.path("properties").propertyNames()));
        assertThat(names).contains("user_id", "assistant_response", "sent_at", "short_term", "took_ms");
        // mem0 calls it so.
        names.remove("AND");
        assertThat(names).allMatch(name -> name.equals(name.toLowerCase(java.util.Locale.ROOT)));
        assertThat(service.get("/swagger-ui.html").status()).isIn(200, 302);
    }

    @Test
    void shouldShowHealthAndMetrics() {
        service.post("/api/v1/interactions", body("measured", newId(), "hello"));
        service.get("/api/v1/users/measured/recall?query=hello");

        var health = service.get("/actuator/health");
        assertThat(health.status()).as(health.response().body()).isEqualTo(200);
        assertThat(health.json().get("components").propertyNames())
                .contains("kafka", "registry", "redis", "neo4j", "connect", "outbox", "intake");
        assertThat(service.get("/actuator/health/liveness").status()).isEqualTo(200);
        assertThat(service.get("/actuator/health/readiness").status()).isEqualTo(200);
        assertThat(service.get("/actuator/prometheus").response().body())
                .contains(
                        "reflector_interactions_total{source=\"rest\",status=\"queued_reflection\"}",
                        "reflector_interactions_total{source=\"rest\",status=\"spooled\"}",
                        "reflector_outbox_depth 0.0",
                        "reflector_outbox_bytes 0.0",
                        "reflector_outbox_spooled_total",
                        "reflector_ingest_seconds_bucket",
                        "reflector_recall_seconds_count",
                        "kafka_producer_record_send_total",
                        "jvm_memory_used_bytes");
    }

    private static Episode episode(UserKey user, Embedder embedder, String interaction, String text, String at) {
        var time = Instant.parse(at);
        return Episode.newBuilder()
                .setMemoryId(Ids.memory(user, interaction, "EPISODIC", "0"))
                .setNamespace(user.namespace())
                .setUserId(user.userId())
                .setSessionId("s")
                .setOccurredAt(time)
                .setRecordedAt(time)
                .setSources(List.of(new SourceRef(interaction, interaction + ":0")))
                .setReflector(new ReflectorVersion("test", "1", null))
                .setEmbedding(new Embedding(embedder.model(), Vectors.toBytes(embedder.embed(text))))
                .setSummary(text)
                .build();
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    private static String body(String user, String id, String content) {
        return """
                {"user_id": "%s", "interaction_id": "%s", "messages": [{"role": "user", "content": "%s"}]}""".formatted(user, id, content);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("..", "%2E%2E");
    }

    private static void assertProblem(Service.Answer answer, int status) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith(PROBLEM_JSON);
        assertThat(answer.json().get("status").asInt()).isEqualTo(status);
        assertThat(answer.text("/type")).startsWith("urn:memory-reflector:problem:");
        assertThat(answer.text("/title")).isNotEmpty();
        assertThat(answer.text("/detail")).isNotEmpty();
    }

    /** What the server answers to these very bytes. */
    private static String raw(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", service.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<ConsumerRecord<String, Interaction>> logOf(String id) {
        return log.interactions().stream()
                .filter(record -> record.value().getInteractionId().equals(id))
                .toList();
    }
}
