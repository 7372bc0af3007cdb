package io.memoryreflector.ingest.pipeline;

import io.memoryreflector.ingest.config.ServiceSettings;
import io.memoryreflector.ingest.health.HttpServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Connect's connectors and how their tasks are. Thread-safe. */
final class Connectors {

    private final Optional<HttpServer> connect;
    private final JsonMapper json;

    Connectors(ServiceSettings settings, JsonMapper json) {
        this.connect = settings.connectUrl().map(url -> new HttpServer(url.resolve("/connectors?expand=status")));
        this.json = json;
    }

    /**
     * A connector.
     *
     * @param state as Connect says, in lower case
     * @param running tasks that run
     */
    record Connector(String name, boolean isSink, String state, int tasks, int running) {

        /** The consumer group of a sink. */
        String group() {
            return "connect-" + name;
        }
    }

    /** All of them, by name; empty where Connect does not answer or is not known. */
    Optional<List<Connector>> read() {
        if (connect.isEmpty()) {
            return Optional.empty();
        }
        try {
            var connectors = new ArrayList<Connector>();
            json.readTree(connect.get().get())
                    .properties()
                    .forEach(entry -> connectors.add(
                            connector(entry.getKey(), entry.getValue().path("status"))));
            return Optional.of(connectors);
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    private static Connector connector(String name, JsonNode status) {
        var running = 0;
        for (var task : status.path("tasks")) {
            running += "RUNNING".equals(task.path("state").asString("")) ? 1 : 0;
        }
        return new Connector(
                name,
                "sink".equals(status.path("type").asString("")),
                status.at("/connector/state").asString("unknown").toLowerCase(Locale.ROOT),
                status.path("tasks").size(),
                running);
    }
}
