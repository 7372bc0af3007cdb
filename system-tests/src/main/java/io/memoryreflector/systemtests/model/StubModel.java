package io.memoryreflector.systemtests.model;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An endpoint that speaks OpenAI's chat completions, embeddings and models on loopback, and behaves as it is told, also
 * while it runs. Thousands of requests may wait for their answers at once. Thread-safe.
 *
 * <p>Beside the protocol: {@code GET /stub/record?limit=} shows what it was asked, {@code DELETE} forgets it;
 * {@code GET} and {@code PUT /stub/behaviour} show and change how it behaves.
 */
public final class StubModel implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String LOOPBACK = "127.0.0.1";
    private static final int BACKLOG = 4_096;
    private static final int READERS = 8;
    private static final int MOST_BYTES = 32 << 20;
    private static final int SHOWN = 1_000;

    static {
        // The server closes idle connections beyond 200, and an answer's last bytes wait for the client's next packet.
        System.setProperty("sun.net.httpserver.maxIdleConnections", "20000");
        System.setProperty("sun.net.httpserver.idleInterval", "600");
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final AtomicReference<Behaviour> behaviour;
    private final CallLog log = new CallLog();
    private final HttpServer server;
    private final ExecutorService readers = Executors.newFixedThreadPool(READERS, StubModel::thread);
    private final ExecutorService writers = Executors.newFixedThreadPool(READERS, StubModel::thread);
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(StubModel::thread);
    private final ChatEndpoint chat;
    private final EmbeddingEndpoint embeddings;

    private StubModel(HttpServer server, Behaviour behaviour) {
        this.server = server;
        this.behaviour = new AtomicReference<>(behaviour);
        var delivery = new Delivery(clock, writers);
        this.chat = new ChatEndpoint(this.behaviour::get, log, delivery, InstantSource.system());
        this.embeddings = new EmbeddingEndpoint(log, delivery, InstantSource.system());
    }

    /**
     * Starts it.
     *
     * @param port of loopback; 0 for any that is free
     */
    public static StubModel start(int port, Behaviour behaviour) throws IOException {
        var address = new InetSocketAddress(LOOPBACK, port);
        var stub = new StubModel(HttpServer.create(address, BACKLOG), behaviour);
        stub.server.createContext("/", stub::handle);
        stub.server.setExecutor(stub.readers);
        stub.server.start();
        return stub;
    }

    /** What to set {@code OPENAI_BASE_URL} to. */
    public URI baseUrl() {
        return URI.create("http://" + LOOPBACK + ":" + server.getAddress().getPort() + "/v1");
    }

    /** How it behaves from now on; requests that wait keep to how they were met. */
    public void behave(Behaviour wanted) {
        behaviour.set(wanted);
    }

    /** How it behaves now. */
    public Behaviour behaviour() {
        return behaviour.get();
    }

    /** What it was asked. */
    public CallLog log() {
        return log;
    }

    /** Stops at once; requests that wait get no answer. */
    @Override
    public void close() {
        clock.shutdownNow();
        server.stop(0);
        readers.shutdownNow();
        writers.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try {
            route(exchange);
        } catch (IllegalArgumentException e) {
            answer(exchange, Reply.error(400, "invalid_request_error", null, null, e.getMessage()));
        } catch (JacksonException e) {
            answer(
                    exchange,
                    Reply.error(
                            400, "invalid_request_error", null, null, "body: is no JSON: " + e.getOriginalMessage()));
        }
    }

    private void route(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var question = exchange.getRequestMethod() + " " + path;
        if (question.startsWith("POST ") && path.endsWith("/chat/completions")) {
            chat.answer(exchange, body(exchange));
        } else if (question.startsWith("POST ") && path.endsWith("/embeddings")) {
            embeddings.answer(exchange, body(exchange));
        } else if (question.startsWith("GET ") && path.endsWith("/models")) {
            var model = Map.of("id", "stub", "object", "model", "created", 0, "owned_by", "memory-reflector");
            answer(exchange, Reply.of(200, Map.of("object", "list", "data", List.of(model))));
        } else {
            control(exchange, question);
        }
    }

    private void control(HttpExchange exchange, String question) throws IOException {
        switch (question) {
            case "GET /stub/record" -> answer(exchange, Reply.of(200, log.view(limit(exchange.getRequestURI()))));
            case "DELETE /stub/record" -> {
                log.clear();
                answer(exchange, Reply.of(200, log.view(0)));
            }
            case "GET /stub/behaviour" -> answer(exchange, Reply.of(200, BehaviourJson.write(behaviour())));
            case "PUT /stub/behaviour" -> {
                behave(BehaviourJson.change(behaviour(), body(exchange)));
                answer(exchange, Reply.of(200, BehaviourJson.write(behaviour())));
            }
            default -> answer(exchange, Reply.error(404, "invalid_request_error", null, null, "Unknown: " + question));
        }
    }

    private static JsonNode body(HttpExchange exchange) throws IOException {
        var bytes = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException("body: got more than " + MOST_BYTES + " bytes");
        }
        return JSON.readTree(bytes);
    }

    private static int limit(URI uri) {
        var query = uri.getQuery();
        if (query == null || !query.startsWith("limit=")) {
            return SHOWN;
        }
        try {
            return Math.max(0, Integer.parseInt(query.substring("limit=".length())));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("limit: got '" + query + "', takes a whole number", e);
        }
    }

    private static void answer(HttpExchange exchange, Reply reply) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(reply.status(), reply.body().length);
        exchange.getResponseBody().write(reply.body());
        exchange.close();
    }

    private static Thread thread(Runnable task) {
        var thread = new Thread(task, "stub-model");
        thread.setDaemon(true);
        return thread;
    }
}
