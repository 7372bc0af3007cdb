package io.memoryreflector.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.memoryreflector.events.Fact;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.Source;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.store.longterm.LongTermMemory;
import io.memoryreflector.store.projection.GraphDriver;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.neo4j.driver.Driver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Walks every operation of the API's description with good and bad input: each answer has a status, a type and a form that
 * the description has for it.
 */
@ExtendWith(SharedServers.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OpenApiIT {

    /** The same inputs in every build: what others find out is found on purpose. */
    private static final long SEED = Long.getLong("openapi.seed", 2026);

    private static final int ROUNDS = Integer.getInteger("openapi.rounds", 8);
    private static final Duration AT_MOST = Duration.ofSeconds(Integer.getInteger("openapi.seconds", 20));
    private static final int CALLERS = 4;

    /** How what a schema allows is answered: done, or not there, or in the way of something. */
    private static final Set<Integer> NOT_THE_INPUTS_FAULT = Set.of(404, 409, 410);

    private static final Instant AT = Instant.parse("2026-05-02T10:00:00Z");
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final List<String> BAD_TEXTS =
            List.of("", "%20", "-1", "x".repeat(300), "%00", "a%2Fb", "yesterday", "%F0%9F%98%80");

    private static final List<String> BAD_BODIES = List.of(
            "", "{", "null", "[]", "7", "\"text\"", "{\"user_id\": 7}", "{\"unknown\": true}", "{\"user_id\": \"\"}");

    /** What stands for a variable of a path; where nothing of that name is there, 404 is the answer. */
    private static final Map<String, String> VARIABLES = Map.of(
            "user", "ada",
            "session", "s1",
            "session_id", "s1",
            "source", "rest",
            "vectorstore_name", "default",
            "id", "walk-1",
            "job_id", "none",
            "rebuild_id", "walk-1",
            "shadow", "none",
            "target", "neo4j");

    private static final String MEM0_ADD =
            "{\"user_id\": \"ada\", \"messages\": [{\"role\": \"user\", \"content\": \"hello\"}]}";

    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry(
                    "/api/v1/interactions",
                    "{\"user_id\": \"ada\", \"session_id\": \"s1\", \"user_message\": \"hello\"}"),
            Map.entry("/api/v1/interactions:batch", "[{\"user_id\": \"ada\", \"user_message\": \"hello\"}]"),
            Map.entry(
                    "/api/memory/{vectorstore_name}/store_raw",
                    "{\"session_data\": \"User: hi\", \"session_id\": \"s1\", \"metadata\": {\"user_id\": \"ada\"}}"),
            Map.entry("/compat/mem0/memories", MEM0_ADD),
            Map.entry("/compat/mem0/v3/memories/add", MEM0_ADD),
            Map.entry("/compat/mem0/search", "{\"query\": \"hello\", \"user_id\": \"ada\"}"),
            Map.entry("/compat/mem0/v3/memories/search", "{\"query\": \"hello\", \"filters\": {\"user_id\": \"ada\"}}"),
            Map.entry("/compat/mem0/v3/memories", "{\"filters\": {\"user_id\": \"ada\"}}"),
            Map.entry("/compat/mem0/memories/{id}", "{\"text\": \"hello\"}"),
            Map.entry("/compat/mem0/v1/memories/{id}", "{\"text\": \"hello\"}"),
            Map.entry("/api/v1/dead-letters:replay", "{\"filter\": {}, \"dry_run\": true}"),
            Map.entry("/api/v1/dead-letters:discard", "{\"filter\": {\"tier\": \"semantic\"}, \"reason\": \"a walk\"}"),
            Map.entry("/api/v1/rebuilds", "{\"target\": \"neo4j\"}"),
            Map.entry("/api/v1/retries:now", "{\"user_id\": \"ada\"}"));

    private static LocalStack stack;
    private static Service service;
    private static JsonNode document;
    private static JsonNode strict;

    private final Set<String> wrong = new TreeSet<>();
    private final Map<String, Set<Integer>> answered = new HashMap<>();
    private final Map<String, Schema> schemas = new HashMap<>();
    private String letter;
    private int calls;

    private record Operation(String method, String path, JsonNode description) {

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    @BeforeAll
    static void start() {
        stack = SharedServers.steady();
        service = Service.start(stack, Map.of("NEO4J_TIMEOUT", "30s"));
        service.bean(LongTermMemory.class).migrate();
        // Where another process works on a rebuild, no second one begins: it would take away what tests write without
        // the log.
        graph(
                "CREATE (:Rebuild {id: 'walk-1', target: 'NEO4J', number: 2, phase: 'READING', done: 1, total: 2, refused: 0,"
                        + " started_at: timestamp(), owner: 'another', held_until: timestamp() + 3600000})");
        document = service.get("/v3/api-docs").json();
        strict = strict(document);
    }

    @AfterAll
    static void stop() {
        graph("MATCH (r:Rebuild {id: 'walk-1'}) DELETE r");
        service.close();
    }

    private static void graph(String statement) {
        try (var session = GraphDriver.raw(service.bean(Driver.class)).session()) {
            session.run(statement).consume();
        }
    }

    @Test
    @Order(1)
    void shouldAnswerAsDescribed() {
        try (var log = TopicReader.fromNow(stack)) {
            remember(log);
        }
        letter = letter().orElseThrow();
        var operations = operations();
        assertThat(operations).hasSizeGreaterThan(30);

        operations.forEach(this::good);
        operations.forEach(this::bad);

        System.out.println(calls + " calls of " + operations.size() + " operations");
        assertThat(wrong).isEmpty();
        assertThat(operations)
                .filteredOn(operation -> !operation.path().contains("{id}")
                        && !operation.path().contains("{job_id}")
                        && !operation.path().contains("{shadow}")
                        && !operation.toString().equals("POST /api/v1/rebuilds"))
                .as("good input has good answers")
                .allSatisfy(operation ->
                        assertThat(answered.get(operation.toString())).anyMatch(status -> status < 300));
    }

    /** {@code -Dopenapi.seed=} makes others, {@code -Dopenapi.rounds=} and {@code -Dopenapi.seconds=} more. */
    @Test
    @Order(2)
    void shouldTakeWhatItsSchemasAllowAndRefuseWhatTheyDoNot() throws Exception {
        System.out.println("openapi.seed=" + SEED);
        var operations = operations();
        var until = System.nanoTime() + AT_MOST.toNanos();
        var callers = Executors.newFixedThreadPool(CALLERS);
        var rounds = 0;
        try {
            while (rounds == 0 || rounds < ROUNDS && System.nanoTime() < until) {
                var round = rounds++;
                var tasks = new ArrayList<Callable<Void>>();
                for (var i = 0; i < operations.size(); i++) {
                    var operation = operations.get(i);
                    var random = new Random((SEED * 31 + round) * 1_000 + i);
                    tasks.add(() -> {
                        generated(operation, random, false);
                        generated(operation, random, true);
                        return null;
                    });
                }
                for (var done : callers.invokeAll(tasks)) {
                    done.get();
                }
            }
        } finally {
            callers.shutdownNow();
        }
        System.out.println(calls + " generated calls of " + operations.size() + " operations in " + rounds + " rounds");
        assertThat(wrong).as("openapi.seed=" + SEED).isEmpty();
    }

    /** A call whose parameters and body the schemas allow, but for one of them where it is to be broken. */
    private void generated(Operation operation, Random random, boolean isBroken) {
        var inputs = new SchemaInputs(random, document);
        var given = new LinkedHashMap<JsonNode, JsonNode>();
        for (var parameter : operation.description().path("parameters")) {
            var schema = parameter.get("schema");
            if (!SchemaInputs.isOpaque(schema) && (parameter.path("required").asBoolean() || random.nextBoolean())) {
                given.put(parameter, inputs.valid(schema));
            }
        }
        var content =
                operation.description().path("requestBody").path("content").path("application/json");
        var body = content.isMissingNode() ? null : inputs.valid(content.get("schema"));
        if (isBroken) {
            // The body as often as all parameters together.
            var parameters = new ArrayList<JsonNode>();
            operation.description().path("parameters").forEach(parameters::add);
            Collections.shuffle(parameters, random);
            var broken = body == null || random.nextBoolean()
                    ? Optional.<JsonNode>empty()
                    : inputs.broken(content.get("schema"));
            if (broken.isPresent()) {
                body = broken.get();
            } else if (parameters.stream().noneMatch(parameter -> breaks(inputs, parameter, given))) {
                return;
            }
        }
        var call = GeneratedCall.of(operation.path(), given, body);
        var answer = service.send(call.request(service, operation.method())).response();
        synchronized (this) {
            calls++;
            check(operation, call.toString(), answer);
            var status = answer.statusCode();
            // A batch is refused item by item.
            var isRefused = status >= 400 || status == 207;
            if (isBroken ? !isRefused : status >= 400 && !NOT_THE_INPUTS_FAULT.contains(status)) {
                wrong.add(operation + ": " + status + " to what its schemas " + (isBroken ? "do not allow" : "allow")
                        + ", " + call + ": " + cut(answer.body()));
            }
        }
    }

    /** What is empty counts as not given, and every text is a text. */
    private static boolean breaks(SchemaInputs inputs, JsonNode parameter, Map<JsonNode, JsonNode> given) {
        var broken = inputs.broken(parameter.get("schema"))
                .filter(value -> !value.isObject() && !GeneratedCall.text(value).isEmpty())
                .filter(value -> !value.isNumber()
                        || parameter.at("/schema/type").asString().equals("integer"));
        broken.ifPresent(value -> given.put(parameter, value));
        return broken.isPresent();
    }

    /** Something of each kind, so that answers with data are looked at too. */
    private static void remember(TopicReader log) {
        service.post(
                "/api/v1/interactions",
                "{\"user_id\": \"ada\", \"session_id\": \"s1\", \"interaction_id\": \"walk-1\", \"user_message\": \"hello\"}");
        var interactions =
                log.interactions().stream().map(ConsumerRecord::value).toList();
        var memories = new ArrayList<SpecificRecord>(interactions);
        memories.add(Fact.newBuilder()
                .setMemoryId("walk-1")
                .setNamespace("default")
                .setUserId("ada")
                .setSessionId("s1")
                .setOccurredAt(AT)
                .setRecordedAt(AT)
                .setValidFrom(AT)
                .setSource(Source.REST)
                .setSources(List.of(new SourceRef("walk-1", "walk-1:0")))
                .setReflector(new ReflectorVersion("test", "1", null))
                .setSubject("Ada")
                .setPredicate("says")
                .setObject("hello")
                .setStatement("Ada says hello.")
                .build());
        service.bean(LongTermMemory.class).apply(memories);
        try (var letters = new DeadLetterTopic(stack)) {
            letters.park(
                    DeadLetterTopic.utf8("default/ada"),
                    DeadLetterTopic.POISON,
                    Map.of(),
                    DeadLetterTopic.streamsErrors("memory.interactions", 0, 7_001));
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> letter().isPresent());
    }

    private static Optional<String> letter() {
        return service.get("/api/v1/dead-letters?user_id=ada")
                .json()
                .path("dead_letters")
                .valueStream()
                .map(letter -> letter.path("id").asString())
                .findFirst();
    }

    private void good(Operation operation) {
        var parameters = new ArrayList<String>();
        operation.description().path("parameters").forEach(parameter -> {
            if (parameter.path("in").asString().equals("query")
                    && parameter.path("required").asBoolean()) {
                parameters.add(parameter.path("name").asString() + "=hello");
            }
        });
        var query = parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
        call(operation, path(operation.path(), VARIABLES) + query, BODIES.getOrDefault(operation.path(), "{}"));
    }

    private void bad(Operation operation) {
        var path = path(operation.path(), VARIABLES);
        var body = BODIES.getOrDefault(operation.path(), "{}");
        operation.description().path("parameters").forEach(parameter -> {
            var name = parameter.path("name").asString();
            for (var text : BAD_TEXTS) {
                switch (parameter.path("in").asString()) {
                    case "query" -> call(operation, path + "?" + name + "=" + text, body);
                    case "path" -> {
                        var variables = new HashMap<>(VARIABLES);
                        variables.put(name, text);
                        // An empty segment is another path.
                        if (!text.isEmpty()) {
                            call(operation, path(operation.path(), variables), body);
                        }
                    }
                    default -> call(operation, path, body, name, "x".repeat(text.length()));
                }
            }
        });
        if (operation.description().has("requestBody")) {
            BAD_BODIES.forEach(bad -> call(operation, path, bad));
            call(operation, path, "x".repeat(17 * 1024 * 1024));
            call(operation, path, body, "Content-Type", "text/plain");
        }
        call(operation, path, body, "Accept", "image/png");
    }

    private void call(Operation operation, String path, String body, String... headers) {
        var hasBody = operation.description().has("requestBody");
        var request = service.request(path)
                .method(
                        operation.method(),
                        hasBody ? HttpRequest.BodyPublishers.ofString(body) : HttpRequest.BodyPublishers.noBody());
        if (hasBody) {
            request.setHeader("Content-Type", "application/json");
        }
        for (var i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        calls++;
        check(
                operation,
                path + " " + String.join(" ", headers),
                service.send(request).response());
    }

    private void check(Operation operation, String path, HttpResponse<String> answer) {
        var status = answer.statusCode();
        answered.computeIfAbsent(operation.toString(), key -> new HashSet<>()).add(status);
        var described = operation.description().path("responses").path(Integer.toString(status));
        if (status >= 500 || described.isMissingNode()) {
            wrong.add(operation + ": " + status + " is not described, at " + cut(path) + ": " + cut(answer.body()));
            return;
        }
        if (answer.body().isEmpty()) {
            return;
        }
        var type = answer.headers().firstValue("Content-Type").orElse("none").split(";")[0];
        var content = described.path("content").path(type);
        if (content.isMissingNode()) {
            wrong.add(operation + ": " + status + " as " + type + " is not described, at " + cut(path));
        } else if (type.endsWith("/json") || type.endsWith("+json")) {
            schema(content.path("schema"))
                    .validate(JSON.readTree(answer.body()))
                    .forEach(error -> wrong.add(operation + ": " + status + " has another form: "
                            + error.getInstanceLocation() + " " + error.getMessage() + ": " + cut(answer.body())));
        }
    }

    private Schema schema(JsonNode schema) {
        return schemas.computeIfAbsent(schema.toString(), key -> {
            var root = (ObjectNode) schema.deepCopy();
            root.set("components", strict.path("components"));
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(root);
        });
    }

    private static List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        document.path("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(method -> operations.add(
                        new Operation(method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()))));
        // What is gone has no answers any more.
        operations.sort(Comparator.comparing(operation -> operation.method().equals("DELETE")));
        return operations;
    }

    private String path(String template, Map<String, String> variables) {
        var path = template.startsWith("/api/v1/dead-letters/{id}")
                        && variables.get("id").equals("walk-1")
                ? template.replace("{id}", letter)
                : template;
        for (var variable : variables.entrySet()) {
            path = path.replace("{" + variable.getKey() + "}", variable.getValue());
        }
        assertThat(path).as("a variable that this test knows nothing for").doesNotContain("{");
        return path;
    }

    /** Of answers: a field that is not described is wrong too. */
    private static JsonNode strict(JsonNode api) {
        var strict = api.deepCopy();
        strict.path("components").path("schemas").forEach(schema -> {
            if (schema.has("properties") && !schema.has("additionalProperties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
            }
        });
        return strict;
    }

    private static String cut(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "... (" + text.length() + ")";
    }
}
