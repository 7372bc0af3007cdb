package io.memoryreflector.client.spring;

import io.memoryreflector.client.CollectorSettings;
import io.memoryreflector.client.Target;
import io.memoryreflector.client.WhenFull;
import io.memoryreflector.schemas.serde.EventSerdes;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * {@code memory-reflector.client.*}.
 *
 * @param url of ingest-service; takes the way over HTTP where it is set
 * @param apiKey that ingest-service asks for, if it does
 * @param bootstrapServers of Kafka, where there is no {@code url}
 * @param schemaRegistryUrl base address of Confluent's interface of the registry
 * @param kafka Kafka's own settings, such as {@code security.protocol}
 * @param inbox whether encryption is on, so that what is said goes to the inbox to be sealed
 * @param preset the settings to begin with
 * @param bufferEntries how many may wait in memory
 * @param spillFolder where to keep what memory has no room for; without it, the oldest are dropped
 * @param spillMaxSize of what lies there
 * @param closeWithin how long the application waits for answers when it ends
 */
@ConfigurationProperties(CollectorProperties.PREFIX)
record CollectorProperties(
        URI url,
        String apiKey,
        String bootstrapServers,
        @DefaultValue(EventSerdes.DEFAULT_REGISTRY) String schemaRegistryUrl,
        @DefaultValue Map<String, String> kafka,
        boolean inbox,
        @DefaultValue("production") Preset preset,
        Integer bufferEntries,
        Path spillFolder,
        @DefaultValue("1GB") DataSize spillMaxSize,
        Duration closeWithin) {

    static final String PREFIX = "memory-reflector.client";

    enum Preset {
        DEVELOPMENT,
        PRODUCTION,
        HIGH_PERFORMANCE,
        LOW_RESOURCE
    }

    Target target() {
        if (url != null) {
            return apiKey == null || apiKey.isBlank() ? Target.http(url) : Target.http(url, apiKey.strip());
        }
        var client = new HashMap<String, Object>(kafka);
        client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        var target = new Target.Kafka(client, EventSerdes.of(schemaRegistryUrl));
        return inbox ? target.toInbox() : target;
    }

    CollectorSettings settings() {
        var settings = settings(preset).change();
        if (bufferEntries != null) {
            settings.bufferEntries(bufferEntries);
        }
        if (spillFolder != null) {
            settings.whenFull(WhenFull.spill(spillFolder, spillMaxSize.toBytes()));
        }
        if (closeWithin != null) {
            settings.closeWithin(closeWithin);
        }
        return settings.build();
    }

    /** Says no secret. */
    @Override
    public String toString() {
        return PREFIX + " at " + (url == null ? bootstrapServers : url.getHost());
    }

    private static CollectorSettings settings(Preset preset) {
        return switch (preset) {
            case DEVELOPMENT -> CollectorSettings.development();
            case PRODUCTION -> CollectorSettings.production();
            case HIGH_PERFORMANCE -> CollectorSettings.highPerformance();
            case LOW_RESOURCE -> CollectorSettings.lowResource();
        };
    }
}
