package io.memoryreflector.systemtests.dashboards;

import static org.awaitility.Awaitility.await;

import io.memoryreflector.localstack.LocalStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Prometheus with the committed configuration, which scrapes a stack. One thread. */
final class Prometheus implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration START = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final Process process;
    private final URI base;

    private Prometheus(Process process, URI base) {
        this.process = process;
        this.base = base;
    }

    /** @param folder for its data, its log and its configuration with the stack's addresses */
    static Prometheus start(LocalStack stack, Path folder) throws IOException {
        var rules = Commands.folder("prometheus").resolve("rules").toRealPath();
        var configuration = Files.readString(Commands.folder("prometheus").resolve("prometheus.yml"))
                .replace("127.0.0.1:8080", address(stack.ingestUrl()))
                .replace("127.0.0.1:8090", address(stack.reflectorUrl()))
                .replace("127.0.0.1:9404", address(stack.connectMetricsUrl()))
                .replace("15s", "2s")
                .replace("rules/*.yml", rules + "/*.yml");
        var file = folder.resolve("prometheus.yml");
        Files.writeString(file, configuration);
        var address = "127.0.0.1:" + freePort();
        var process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + file,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=" + address)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        var prometheus = new Prometheus(process, URI.create("http://" + address));
        await().atMost(START).ignoreExceptions().until(() -> prometheus
                .get("/api/v1/status/runtimeinfo")
                .path("status")
                .asString()
                .equals("success"));
        return prometheus;
    }

    /** Whether a query has a value that is a number, with all labels that its legend shows. */
    boolean hasData(Dashboard.Query query) {
        return StreamSupport.stream(query(query.expression()).spliterator(), false)
                .filter(sample -> query.labels().stream().allMatch(sample.path("metric")::has))
                .anyMatch(sample -> !sample.path("value").path(1).asString().equals("NaN"));
    }

    /** The samples of an expression, each with {@code metric} and {@code value}. */
    private JsonNode query(String expression) {
        var answer = get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        if (!answer.path("status").asString().equals("success")) {
            throw new IllegalStateException(
                    expression + ": " + answer.path("error").asString());
        }
        return answer.path("data").path("result");
    }

    /** Every rule as Prometheus has evaluated it. */
    Iterable<JsonNode> rules() {
        return StreamSupport.stream(
                        get("/api/v1/rules").path("data").path("groups").spliterator(), false)
                .flatMap(group -> StreamSupport.stream(group.path("rules").spliterator(), false))
                .toList();
    }

    private JsonNode get(String path) {
        try {
            var request =
                    HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT).build();
            return JSON.readTree(
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String address(String url) {
        return URI.create(url).getAuthority();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
