package io.memoryreflector.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Real servers, started together and stopped together. They end with this process, also when it is killed (on Linux).
 * Not thread-safe.
 */
public final class LocalStack implements AutoCloseable {

    private static final Duration HTTP_TIMEOUT = Duration.ofSeconds(20);
    private static final int CONNECT_REBALANCING = 409;

    private final Home home;
    private final Path data;
    private final Ports ports;
    private final boolean throwAway;
    private final Servers servers;
    private final Map<Part, ServerProcess> processes = new EnumMap<>(Part.class);
    private final Thread shutdownHook = new Thread(this::stop, "local-stack-shutdown");

    LocalStack(Home home, Path data, Ports ports, boolean throwAway, Map<String, String> settings) {
        this.home = home;
        this.data = data;
        this.ports = ports;
        this.throwAway = throwAway;
        this.servers = new Servers(home, data, ports, settings);
        Runtime.getRuntime().addShutdownHook(shutdownHook);
    }

    /** Starts these parts on free ports with data that is thrown away, and waits until all of them answer. */
    public static LocalStack start(Set<Part> parts) {
        return start(parts, Map.of());
    }

    /** @param settings environment of our own programs, such as {@code REFLECTION_RETRY_DELAY} */
    public static LocalStack start(Set<Part> parts, Map<String, String> settings) {
        try {
            var stack = new LocalStack(
                    Home.find(), Files.createTempDirectory("memory-reflector-"), Ports.free(), true, settings);
            try {
                stack.startAll(parts, started -> {});
            } catch (RuntimeException e) {
                stack.close();
                throw e;
            }
            return stack;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts more parts, those that need no other first and at once, and waits until all of them answer. */
    public void startAll(Set<Part> parts, Consumer<Started> progress) {
        for (var stage : List.of(
                Set.of(Part.KAFKA, Part.REGISTRY, Part.REDIS, Part.NEO4J),
                Set.of(Part.REFLECTOR),
                Set.of(Part.CONNECT, Part.INGEST))) {
            var begun = System.nanoTime();
            var wanted = stage.stream().filter(parts::contains).sorted().toList();
            wanted.forEach(ports::checkFree);
            wanted.forEach(this::launch);
            for (var part : wanted) {
                processes.get(part).awaitHealthy();
                progress.accept(new Started(part.title, ports.of(part), millisSince(begun)));
            }
        }
        if (parts.contains(Part.CONNECT)) {
            deployConnectors();
        }
    }

    /** A part that answers now. */
    public record Started(String title, int port, long tookMs) {}

    /** The process of a part that was started. */
    public ServerProcess process(Part part) {
        var process = processes.get(part);
        if (process == null) {
            throw new IllegalStateException(part + " was not started");
        }
        return process;
    }

    /** {@code host:port} of Kafka. */
    public String kafkaBootstrapServers() {
        return ports.address(Part.KAFKA);
    }

    /** Base address of the registry, without a path. */
    public String schemaRegistryUrl() {
        return "http://" + ports.address(Part.REGISTRY);
    }

    /** Address of Redis. */
    public String redisUrl() {
        return "redis://" + ports.address(Part.REDIS);
    }

    /** Address of Neo4j, which asks for no password. */
    public String neo4jUrl() {
        return "bolt://" + ports.address(Part.NEO4J);
    }

    /** Address of Connect's REST interface. */
    public String connectUrl() {
        return "http://" + ports.address(Part.CONNECT);
    }

    /** Address of ingest-service. */
    public String ingestUrl() {
        return "http://" + ports.address(Part.INGEST);
    }

    /** Address of the reflector's health and metrics. */
    public String reflectorUrl() {
        return "http://" + ports.address(Part.REFLECTOR);
    }

    /** Stops everything, our programs first and the servers they need last. */
    @Override
    public void close() {
        stop();
        Runtime.getRuntime().removeShutdownHook(shutdownHook);
    }

    /** The parts that have ended though nobody stopped them. */
    List<ServerProcess> ended() {
        return processes.values().stream().filter(process -> !process.isAlive()).toList();
    }

    private void launch(Part part) {
        var process = new ServerProcess(servers.of(part), data.resolve("logs"));
        processes.put(part, process);
        process.launch();
    }

    private void stop() {
        var lastFirst = new ArrayList<>(processes.values());
        lastFirst.sort(Comparator.comparing(ServerProcess::part).reversed());
        for (var stage : List.of(
                Set.of(Part.INGEST, Part.REFLECTOR, Part.CONNECT),
                Set.of(Part.REGISTRY, Part.REDIS, Part.NEO4J),
                Set.of(Part.KAFKA))) {
            var stopping =
                    lastFirst.stream().filter(p -> stage.contains(p.part())).toList();
            stopping.forEach(ServerProcess::askToStop);
            stopping.forEach(ServerProcess::close);
        }
        if (throwAway) {
            delete(data);
        }
    }

    private void deployConnectors() {
        try (var files = Files.newDirectoryStream(home.root().resolve("connectors/config"), "*.json")) {
            for (var file : files) {
                var config = Files.readString(file);
                for (var variable : servers.programEnvironment().entrySet()) {
                    config = config.replace("${" + variable.getKey() + "}", variable.getValue());
                }
                deploy(file.getFileName().toString().replace(".json", ""), config);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void deploy(String name, String config) throws IOException {
        var request = HttpRequest.newBuilder(URI.create(connectUrl() + "/connectors/" + name + "/config"))
                .timeout(HTTP_TIMEOUT)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(config))
                .build();
        var deadline = System.nanoTime() + HTTP_TIMEOUT.toNanos();
        try {
            while (true) {
                var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() < 300) {
                    return;
                }
                if (answer.statusCode() != CONNECT_REBALANCING || System.nanoTime() > deadline) {
                    throw new StackException(
                            "Kafka Connect refuses connectors/config/" + name + ".json: " + answer.body());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted", e);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}
