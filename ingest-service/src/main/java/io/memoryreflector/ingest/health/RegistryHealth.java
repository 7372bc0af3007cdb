package io.memoryreflector.ingest.health;

import io.memoryreflector.ingest.config.ServiceSettings;
import io.memoryreflector.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.net.URI;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** The schema registry answers: it is needed once, at the start; until then interactions go to the outbox. */
@Component("registryHealthIndicator")
final class RegistryHealth extends AbstractHealthIndicator {

    private final HttpServer registry;

    RegistryHealth(ServiceSettings settings) {
        super("the schema registry does not answer");
        this.registry = new HttpServer(URI.create(SchemaRegistry.shown(settings.schemaRegistryUrl())));
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) throws IOException {
        registry.get();
        builder.up();
    }
}
