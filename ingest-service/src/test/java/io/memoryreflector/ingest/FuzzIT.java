package io.memoryreflector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.ingest.BadRequests.Endpoint;
import io.memoryreflector.ingest.BadRequests.Request;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.store.longterm.LongTermMemory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Thousands of bad requests at the running service: what a caller does wrong is answered as that, at once, and harms
 * nobody else. {@code -Dfuzz.seed=} repeats a run, {@code -Dfuzz.count=} makes it longer.
 */
@ExtendWith(SharedServers.class)
class FuzzIT {

    private static final long SEED = Long.getLong("fuzz.seed", new Random().nextInt());
    private static final int COUNT = Integer.getInteger("fuzz.count", 10_500);
    private static final int CALLERS = 4;
    private static final int HANGS_AFTER_MS = 25_000;
    private static final Pattern STATUS = Pattern.compile("^HTTP/1\\.1 (\\d{3})", Pattern.MULTILINE);
    private static final Pattern TRACE = Pattern.compile("\\.java:\\d+\\)|\\bat [a-z]+(\\.[\\w$]+){2,}\\(|Exception");

    /** Not implemented, and version not supported: HTTP's own answers to a method, coding or version that there is not. */
    private static final List<Integer> OF_THE_PROTOCOL = List.of(501, 505);

    private static LocalStack stack;
    private static Service service;

    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Map<Integer, AtomicInteger> answers = new ConcurrentHashMap<>();

    @BeforeAll
    static void start() {
        stack = SharedServers.steady();
        // Above what a query takes on a laptop that does everything at once: a 503 is then the input's doing.
        service = Service.start(stack, Map.of("NEO4J_TIMEOUT", "20s"));
        service.bean(LongTermMemory.class).migrate();
        for (var path : List.of("recall?query=x", "memories?q=x", "status")) {
            assertThat(service.get("/api/v1/users/warm/" + path).status()).isEqualTo(200);
        }
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
    }

    @Test
    @Timeout(120)
    void shouldAnswerBadRequestsAsTheCallersFaultAndGoOn() throws Exception {
        System.out.println("fuzz.seed=" + SEED);
        var endpoints = endpoints();
        var begun = System.nanoTime();
        var callers = Executors.newFixedThreadPool(CALLERS);
        try {
            var tasks = new ArrayList<Callable<Void>>();
            for (var i = 0; i < COUNT; i++) {
                var index = i;
                tasks.add(() -> {
                    send(index, new BadRequests(new Random(SEED * 1_000_003 + index), endpoints).next());
                    return null;
                });
            }
            for (var done : callers.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            callers.shutdownNow();
        }
        System.out.println("answers by status (0: closed without one): " + answers + " in "
                + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun) + " s");

        assertThat(wrong).as("fuzz.seed=" + SEED).isEmpty();
        assertThat(answers.keySet())
                .as("not all is refused for the same reason")
                .contains(200, 202, 400, 404, 422);
        var good = service.post("/api/v1/interactions", "{\"user_id\": \"after\", \"user_message\": \"hello\"}");
        assertThat(good.text("/status")).isEqualTo("queued_reflection");
        assertThat(service.get("/api/v1/users/after/recall?query=hello").text("/short_term/0/content"))
                .isEqualTo("hello");
        assertThat(service.get("/api/v1/users/after/recall?query=" + "%e2%98%82".repeat(8_192))
                        .status())
                .as("the longest question, in characters of three bytes each")
                .isEqualTo(200);
        assertThat(service.get("/actuator/health").status()).isEqualTo(200);
    }

    /** All that the service describes, and what it does not describe. */
    private static List<Endpoint> endpoints() {
        var endpoints = new ArrayList<>(List.of(
                new Endpoint("GET", "/{any}"),
                new Endpoint("GET", "/api/v1/{any}"),
                new Endpoint("POST", "/api/v1/{any}"),
                new Endpoint("GET", "/actuator/{any}"),
                new Endpoint("GET", "/actuator/health/{any}"),
                new Endpoint("GET", "/error"),
                new Endpoint("GET", "/swagger-ui/{any}"),
                new Endpoint("POST", "/api/v1/interactions"),
                new Endpoint("POST", "/api/v1/interactions"),
                new Endpoint("POST", "/api/v1/interactions:batch")));
        service.get("/v3/api-docs").json().get("paths").properties().forEach(path -> path.getValue()
                .propertyNames()
                .forEach(method ->
                        endpoints.add(new Endpoint(method.toUpperCase(java.util.Locale.ROOT), path.getKey()))));
        assertThat(endpoints).hasSizeGreaterThan(15);
        return endpoints;
    }

    private void send(int index, Request request) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.setSoTimeout(HANGS_AFTER_MS);
            check(index, request, exchange(socket, request.bytes()));
        } catch (SocketTimeoutException hang) {
            complain(index, request, "hangs");
        } catch (IOException closed) {
            check(index, request, "");
        }
    }

    /** What the server answers until it closes; it may do so before it has read everything. */
    private static String exchange(Socket socket, byte[] request) throws IOException {
        try {
            socket.getOutputStream().write(request);
            socket.shutdownOutput();
        } catch (IOException closed) {
            // What was answered before that is there to be read.
        }
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private void check(int index, Request request, String answer) {
        var status = status(answer);
        answers.computeIfAbsent(status, key -> new AtomicInteger()).incrementAndGet();
        if (status == 0 && request.isHttp()) {
            complain(index, request, "no answer");
        }
        if (status >= 500 && !(OF_THE_PROTOCOL.contains(status) && !request.isHttp())) {
            complain(index, request, answer);
        }
        // A list of dead letters quotes what others have parked.
        if (status != 200 && TRACE.matcher(answer).find()) {
            complain(index, request, "a trace: " + answer);
        }
        if (status >= 400
                && request.isHttp()
                && !request.isForTheFramework()
                && !answer.contains("application/problem+json")) {
            complain(index, request, "no problem: " + answer);
        }
    }

    /** The final one: "100 Continue" may stand before it. */
    private static int status(String answer) {
        var found = STATUS.matcher(answer);
        while (found.find()) {
            var status = Integer.parseInt(found.group(1));
            if (status >= 200) {
                return status;
            }
        }
        return 0;
    }

    private void complain(int index, Request request, String what) {
        if (wrong.size() < 20) {
            wrong.add("\n#" + index + " " + cut(new String(request.bytes(), StandardCharsets.UTF_8)) + "\n-> "
                    + cut(what));
        }
    }

    private static String cut(String text) {
        return text.length() <= 600 ? text : text.substring(0, 600) + "... (" + text.length() + ")";
    }
}
