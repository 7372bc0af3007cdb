package io.memoryreflector.streams;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Health and metrics over HTTP, under the paths that Spring's actuator uses. Ready is who has partitions and works on
 * them; alive is who may be so again without a restart.
 */
final class StatusServer implements AutoCloseable {

    private static final Set<KafkaStreams.State> READY = EnumSet.of(KafkaStreams.State.RUNNING);
    private static final Set<KafkaStreams.State> ALIVE =
            EnumSet.of(KafkaStreams.State.CREATED, KafkaStreams.State.REBALANCING, KafkaStreams.State.RUNNING);

    private final HttpServer server;
    private final ExecutorService executor = Executors.newFixedThreadPool(2, task -> {
        var thread = new Thread(task, "status-server");
        thread.setDaemon(true);
        return thread;
    });

    /** Binds at once, so that a taken port stops the start. */
    StatusServer(String address, int port, Supplier<KafkaStreams.State> state, PrometheusMeterRegistry metrics)
            throws IOException {
        try {
            server = HttpServer.create(new InetSocketAddress(address, port), 16);
        } catch (IOException e) {
            throw new IOException(
                    "REFLECTOR_PORT: cannot listen on " + address + ":" + port + ", takes a port that is free", e);
        }
        server.setExecutor(executor);
        server.createContext("/actuator/health", exchange -> health(exchange, state.get(), READY));
        server.createContext("/actuator/health/liveness", exchange -> health(exchange, state.get(), ALIVE));
        server.createContext(
                "/actuator/prometheus",
                exchange -> answer(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape()));
    }

    void start() {
        server.start();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private static void health(HttpExchange exchange, KafkaStreams.State state, Set<KafkaStreams.State> wellIn)
            throws IOException {
        var up = wellIn.contains(state);
        var body = "{\"status\":\"%s\",\"components\":{\"streams\":{\"details\":{\"state\":\"%s\"}}}}"
                .formatted(up ? "UP" : "OUT_OF_SERVICE", state);
        answer(exchange, up ? 200 : 503, "application/json", body);
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        try (exchange) {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
