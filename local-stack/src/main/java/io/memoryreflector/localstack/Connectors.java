package io.memoryreflector.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Hands the configurations in {@code connectors/config} to Kafka Connect; a file's name is its connector's. */
final class Connectors {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int REBALANCING = 409;
    private static final Map<String, Part> NEEDS = Map.of(
            "SCHEMA_REGISTRY_URL", Part.REGISTRY,
            "REDIS_URL", Part.REDIS,
            "NEO4J_URL", Part.NEO4J,
            "RABBITMQ_URL", Part.RABBITMQ);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final Home home;
    private final String connectUrl;
    private final Map<String, String> environment;

    /** @param environment what replaces <code>${...}</code> in the configurations */
    Connectors(Home home, String connectUrl, Map<String, String> environment) {
        this.home = home;
        this.connectUrl = connectUrl;
        this.environment = environment;
    }

    /** Deploys the connectors of which every server that they name is running. */
    void deploy(Set<Part> running) {
        try (var files = Files.newDirectoryStream(home.root().resolve("connectors/config"), "*.json")) {
            for (var file : files) {
                var config = Files.readString(file);
                if (missing(config, running)) {
                    continue;
                }
                home.built("connectors/target/plugins");
                deploy(file.getFileName().toString().replace(".json", ""), filledIn(config));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean missing(String config, Set<Part> running) {
        return NEEDS.entrySet().stream()
                .anyMatch(need -> config.contains(placeholder(need.getKey())) && !running.contains(need.getValue()));
    }

    private String filledIn(String config) {
        var filledIn = config;
        for (var variable : environment.entrySet()) {
            filledIn = filledIn.replace(placeholder(variable.getKey()), variable.getValue());
        }
        return filledIn;
    }

    private static String placeholder(String variable) {
        return "${" + variable + "}";
    }

    private void deploy(String name, String config) throws IOException {
        var request = HttpRequest.newBuilder(URI.create(connectUrl + "/connectors/" + name + "/config"))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(config))
                .build();
        var deadline = System.nanoTime() + TIMEOUT.toNanos();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            while (answer.statusCode() == REBALANCING && System.nanoTime() < deadline) {
                Pause.briefly();
                answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            }
            if (answer.statusCode() >= 300) {
                throw new StackException("Kafka Connect refuses connectors/config/" + name + ".json: " + answer.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted", e);
        }
    }
}
