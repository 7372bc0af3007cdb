package io.memoryreflector.client;

import static org.awaitility.Awaitility.await;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** A collector, and what it was given to remember. */
public final class Said implements AutoCloseable {

    private final IngestStub service = new IngestStub();
    private final MemoryCollector collector =
            MemoryCollector.start(Target.http(service.uri()), CollectorSettings.development());

    public MemoryCollector collector() {
        return collector;
    }

    /** Each message as {@code user session role: content}, in order, once all were sent. */
    public List<String> lines() {
        await().until(() ->
                collector.statistics().sent() == collector.statistics().collected());
        return service.batches().stream()
                .flatMap(List::stream)
                .flatMap(interaction ->
                        interaction.path("messages").valueStream().map(it -> line(interaction, it)))
                .toList();
    }

    @Override
    public void close() {
        collector.close();
        service.close();
    }

    private static String line(JsonNode interaction, JsonNode message) {
        return interaction.path("user_id").asString() + " "
                + interaction.path("session_id").asString() + " "
                + message.path("role").asString() + ": "
                + message.path("content").asString();
    }
}
