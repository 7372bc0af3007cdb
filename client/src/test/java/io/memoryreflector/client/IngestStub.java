package io.memoryreflector.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers batches as it was told, for what a real ingest-service does only in trouble; else it takes everything. */
public final class IngestStub implements AutoCloseable {

    private static final String PATH = "/api/v1/interactions:batch";

    private final HttpServer server;
    private final Queue<List<JsonNode>> batches = new ConcurrentLinkedQueue<>();
    private final Queue<String> keys = new ConcurrentLinkedQueue<>();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();

    private volatile CountDownLatch held = new CountDownLatch(0);

    public IngestStub(Answer... answers) {
        this.answers.addAll(List.of(answers));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    /** One answer; an empty body takes everything, a status of 0 hangs up. */
    public record Answer(int status, Map<String, String> headers, String body) {

        public static Answer of(int status, String body) {
            return new Answer(status, Map.of(), body);
        }
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The batches that came, in order. */
    public List<List<JsonNode>> batches() {
        return List.copyOf(batches);
    }

    /** What each request had in its Authorization. */
    public List<String> keys() {
        return List.copyOf(keys);
    }

    /** The ids of the interactions of each batch. */
    public List<List<String>> ids() {
        return batches().stream()
                .map(batch -> batch.stream()
                        .map(item -> item.path("interaction_id").asString())
                        .toList())
                .toList();
    }

    /** Answers nothing until it may go on. */
    public void hold() {
        held = new CountDownLatch(1);
    }

    public void goOn() {
        held.countDown();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var items = body.lines().map(JsonMapper.shared()::readTree).toList();
        batches.add(items);
        keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        awaitGoOn();
        var answer = answers.poll();
        var path = exchange.getRequestURI().getPath();
        if (!path.equals(PATH)) {
            answer = Answer.of(404, "got " + path);
        }
        if (answer == null) {
            answer = Answer.of(202, "");
        }
        if (answer.status() == 0) {
            exchange.close();
            return;
        }
        var bytes = (answer.body().isEmpty() ? takingAll(items) : answer.body()).getBytes(StandardCharsets.UTF_8);
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void awaitGoOn() {
        try {
            held.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String takingAll(List<JsonNode> items) {
        var answer = JsonMapper.shared().createObjectNode();
        var array = answer.putArray("items");
        for (var i = 0; i < items.size(); i++) {
            array.addObject()
                    .put("index", i)
                    .put("code", 202)
                    .putObject("answer")
                    .put("status", "queued_reflection");
        }
        return answer.toString();
    }
}
