package io.memoryreflector.ingest.health;

import io.memoryreflector.ingest.config.ServiceSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Connect answers and none of its connectors and tasks has failed: without them writes go on, and memories wait in the
 * log for the stores. Unknown where {@code CONNECT_URL} is not set.
 */
@Component("connectHealthIndicator")
final class ConnectHealth extends AbstractHealthIndicator {

    private static final String FAILED = "FAILED";

    private final Optional<HttpServer> connect;
    private final JsonMapper json;

    ConnectHealth(ServiceSettings settings, JsonMapper json) {
        super("Kafka Connect does not answer");
        this.connect = settings.connectUrl().map(url -> new HttpServer(url.resolve("/connectors?expand=status")));
        this.json = json;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) throws IOException {
        if (connect.isEmpty()) {
            builder.unknown().withDetail("reason", "CONNECT_URL is not set");
            return;
        }
        var failed = new ArrayList<String>();
        var connectors = json.readTree(connect.get().get());
        connectors.properties().forEach(connector -> {
            if (hasFailed(connector.getValue().path("status"))) {
                failed.add(connector.getKey());
            }
        });
        builder.status(failed.isEmpty() ? "UP" : "DOWN")
                .withDetail("connectors", connectors.size())
                .withDetail("failed", failed);
    }

    private static boolean hasFailed(JsonNode status) {
        if (FAILED.equals(status.at("/connector/state").asString(""))) {
            return true;
        }
        for (var task : status.path("tasks")) {
            if (FAILED.equals(task.path("state").asString(""))) {
                return true;
            }
        }
        return false;
    }
}
