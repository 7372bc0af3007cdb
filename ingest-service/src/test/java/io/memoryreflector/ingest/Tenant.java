package io.memoryreflector.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.events.Episode;
import io.memoryreflector.events.ErrorInfo;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.events.Tier;
import io.memoryreflector.events.TierStatus;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.longterm.LongTermMemory;
import io.memoryreflector.store.status.StatusBoard;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A namespace with something of everything in it, and the keys of those who work there. */
final class Tenant {

    /** Stands in every text of a tenant and nowhere else. */
    static final String SECRET = "Wolpertinger";

    static final String USER = "ada";
    static final String SESSION = "s1";

    private static final Instant AT = Instant.parse("2026-05-02T10:00:00Z");

    final String namespace;
    final String admin;
    final String reader;
    final String writer;
    final String interaction;
    final String memory;
    final String letter;
    final String retry;
    private String job;

    Tenant(String namespace) {
        this.namespace = namespace;
        this.admin = key(namespace + "-admin");
        this.reader = key(namespace + "-reader");
        this.writer = key(namespace + "-writer");
        this.interaction = "interaction-" + namespace;
        this.memory = "memory-" + namespace;
        this.letter = "letter-" + namespace;
        this.retry = "retry-" + namespace;
    }

    static String key(String name) {
        return name + "-0123456789abcdef0123456789abcdef";
    }

    /** Entries of {@code REFLECTOR_API_KEYS}. */
    String keys() {
        return "%s:%s:admin,%s:%s:read,%s:%s:write".formatted(admin, namespace, reader, namespace, writer, namespace);
    }

    String job() {
        return job;
    }

    /** Puts in one of everything. */
    void fill(Service service, DeadLetterTopic topic) {
        var user = new UserKey(namespace, USER);
        var written = service.send(service.request("/api/v1/interactions")
                .header("Authorization", "Bearer " + writer)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        """
                        {"user_id": "%s", "session_id": "%s", "interaction_id": "%s",
                         "messages": [{"role": "user", "content": "I keep a %s called %s."}]}""".formatted(USER, SESSION, interaction, SECRET, namespace))));
        assertThat(written.status()).as(written.response().body()).isEqualTo(202);
        service.bean(LongTermMemory.class)
                .apply(List.of(Episode.newBuilder()
                        .setMemoryId(memory)
                        .setNamespace(namespace)
                        .setUserId(USER)
                        .setSessionId(SESSION)
                        .setOccurredAt(AT)
                        .setRecordedAt(AT)
                        .setSources(List.of(new SourceRef(interaction, interaction + ":0")))
                        .setReflector(new ReflectorVersion("test", "1", null))
                        .setSummary("Ada keeps a " + SECRET + " called " + namespace)
                        .build()));
        var error = new ErrorInfo("transient", "ProviderException", SECRET, AT);
        service.bean(StatusBoard.class)
                .apply(List.of(ReflectionStatus.newBuilder()
                        .setInteractionId(retry)
                        .setNamespace(namespace)
                        .setUserId(USER)
                        .setState(ReflectionState.RETRYING)
                        .setOccurredAt(AT)
                        .setReceivedAt(AT)
                        .setUpdatedAt(AT)
                        .setRevision(1)
                        .setTiers(List.of(TierStatus.newBuilder()
                                .setTier(Tier.SEMANTIC)
                                .setState(ReflectionState.RETRYING)
                                .setAttempts(2)
                                .setNextAttemptAt(AT)
                                .setError(error)
                                .setUpdatedAt(AT)
                                .build()))
                        .build()));
        var task = topic.task(user, letter);
        task.getMessages().get(0).setContent(SECRET);
        topic.park(topic.letter(letter, user, topic.bytes(task))
                .setLastFailure(error)
                .build());
        topic.park(topic.letter(letter + "-2", user, topic.bytes(task)).build());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> get(service, admin, "/api/v1/dead-letters/" + letter + "-2")
                                .status()
                        == 200);
        job = service.send(service.request("/api/v1/dead-letters/" + letter + "-2:discard")
                        .header("X-API-Key", admin)
                        .POST(HttpRequest.BodyPublishers.noBody()))
                .text("/job_id");
        assertThat(job).isNotEmpty();
    }

    /** Where a caller sees what is this tenant's, by its ids and names. */
    List<Call> calls() {
        var user = "/api/v1/users/" + USER;
        return List.of(
                new Call("GET", "/api/v1/interactions/" + interaction, null),
                new Call("GET", "/api/v1/memories/" + memory, null),
                new Call("GET", "/api/v1/dead-letters/" + letter, null),
                new Call("GET", "/api/v1/replay-jobs/" + job, null),
                new Call("GET", user + "/status?namespace=" + namespace, null),
                new Call("GET", user + "/recall?query=" + SECRET + "&namespace=" + namespace, null),
                new Call("GET", user + "/memories?namespace=" + namespace, null),
                new Call("GET", user + "/export?namespace=" + namespace, null),
                new Call("GET", "/api/v1/dead-letters?namespace=" + namespace, null),
                new Call("GET", "/api/v1/retries?namespace=" + namespace, null),
                new Call("POST", "/api/v1/dead-letters:replay", "{\"filter\": {\"namespace\": \"" + namespace + "\"}}"),
                new Call(
                        "POST",
                        "/api/v1/dead-letters:discard",
                        "{\"filter\": {\"namespace\": \"" + namespace + "\"}}"));
    }

    /** Where a caller would change what is this tenant's. */
    List<Call> changes() {
        var user = "/api/v1/users/" + USER;
        return List.of(
                new Call("DELETE", "/api/v1/memories/" + memory, null),
                new Call("POST", "/api/v1/memories/" + memory + ":release", null),
                new Call("POST", "/api/v1/memories/" + memory + ":hold", null),
                new Call("PUT", "/compat/mem0/v1/memories/" + memory + "/", "{\"text\": \"planted\"}"),
                new Call("DELETE", "/compat/mem0/v1/memories/" + memory + "/", null),
                new Call("DELETE", "/api/v1/interactions/" + interaction, null),
                new Call("DELETE", user + "?namespace=" + namespace, null),
                new Call("DELETE", user + "/sessions/" + SESSION + "?namespace=" + namespace, null),
                new Call("DELETE", user + "/sources/rest?namespace=" + namespace, null),
                new Call("POST", "/api/v1/dead-letters/" + letter + ":replay", "{}"),
                new Call("POST", "/api/v1/dead-letters/" + letter + ":discard", "{}"),
                new Call("POST", "/api/v1/retries:now", "{\"namespace\": \"" + namespace + "\"}"),
                new Call("POST", "/api/v1/interactions", write(namespace)),
                new Call("POST", "/api/v1/interactions?namespace=" + namespace, write(null)),
                new Call("POST", "/api/v1/interactions:batch?namespace=" + namespace, "[" + write(null) + "]"));
    }

    /** Tools of {@code /mcp} that would show or change what is this tenant's. */
    List<Call> tools() {
        var user = Map.<String, Object>of("user_id", USER, "namespace", namespace);
        return List.of(
                Call.tool("recall", with(user, "query", SECRET)),
                Call.tool("reflection_status", user),
                Call.tool("reflection_status", Map.of("interaction_id", interaction)),
                Call.tool("remember", with(user, "user_message", "planted")),
                Call.tool("forget", with(user, "everything", true)),
                Call.tool("forget", with(user, "interaction_id", interaction)),
                Call.tool("forget", with(user, "session_id", SESSION)),
                Call.tool("forget", Map.of("user_id", USER, "memory_id", memory)));
    }

    private static Map<String, Object> with(Map<String, Object> arguments, String name, Object value) {
        var all = new HashMap<>(arguments);
        all.put(name, value);
        return all;
    }

    /** What this tenant's admin sees, for comparing before and after. */
    Map<String, String> seen(Service service) {
        var seen = new java.util.TreeMap<String, String>();
        for (var call : calls()) {
            if (call.method().equals("GET") && !call.path().contains("/export")) {
                var answer = get(service, admin, call.path());
                assertThat(answer.status()).as(call.path()).isEqualTo(200);
                seen.put(call.path(), answer.response().body().replaceFirst("\"took_ms\":\\d+", ""));
            }
        }
        return seen;
    }

    static Service.Answer get(Service service, String key, String path) {
        return service.send(
                service.request(path).header("Authorization", "Bearer " + key).GET());
    }

    private static String write(String namespace) {
        return "{\"user_id\": \"" + USER + "\", \"user_message\": \"planted\""
                + (namespace == null ? "" : ", \"namespace\": \"" + namespace + "\"") + "}";
    }

    /**
     * A request.
     *
     * @param body null for none
     */
    record Call(String method, String path, String body) {

        private static final String MCP = "/mcp";

        static Call tool(String name, Map<String, Object> arguments) {
            var call = Map.of(
                    "jsonrpc",
                    "2.0",
                    "id",
                    1,
                    "method",
                    "tools/call",
                    "params",
                    Map.of("name", name, "arguments", arguments));
            return new Call("POST", MCP, Service.JSON.writeValueAsString(call));
        }

        boolean isOfATool() {
            return path.equals(MCP);
        }

        /** Of which types the answer may be; null leaves it open. */
        String accept() {
            return isOfATool() ? "application/json, text/event-stream" : null;
        }

        Service.Answer send(Service service, String key) {
            return send(service, service.request(path).header("X-API-Key", key));
        }

        Service.Answer send(Service service, HttpRequest.Builder request) {
            request.setHeader("Content-Type", "application/json");
            if (accept() != null) {
                request.setHeader("Accept", accept());
            }
            return service.send(request.method(
                    method,
                    body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body)));
        }
    }
}
