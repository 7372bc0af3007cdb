package io.memoryreflector.systemtests.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.systemtests.SharedSystem;
import io.memoryreflector.systemtests.http.MemoryApi;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client of the system that this replaces, as its page shows it, against the whole system. */
@ExtendWith(SharedSystem.class)
class VectorstoreClientIT {

    private static final Path EXAMPLE = Path.of("..", "docs", "clients", "examples", "vectorstore");

    @Test
    void shouldStoreATranscriptAndShowWhatBecameOfIt() throws Exception {
        ExampleProgram.assumeInstalled("python3");
        var example = new ExampleProgram(
                Path.of("target").toAbsolutePath(),
                Map.of("MEMORY_URL", SharedSystem.stack().ingestUrl(), "REFLECTOR_API_KEY", SharedSystem.OPERATOR));
        var api = new MemoryApi(URI.create(SharedSystem.stack().ingestUrl()), Optional.of(SharedSystem.OPERATOR));
        var processedBefore =
                api.get("/api/reflection/stats").body().path("processed_count").asInt();

        var output = example.run(
                Duration.ofMinutes(2),
                List.of(
                        "python3",
                        EXAMPLE.resolve("transcript.py").toAbsolutePath().toString()));

        System.out.println(output);
        assertThat(output)
                .contains(
                        "store_raw: {\"success\": true",
                        "\"interactions\": 2",
                        "\"status\": \"completed\", \"total\": 2, \"pending\": 0, \"completed\": 2",
                        "session lisbon of ada",
                        "procedural: ",
                        "semantic: ",
                        "assistant said: How is it?",
                        "user said: Warm. Please always answer me in short sentences.");

        assertThat(api.get("/api/reflection/health").body().path("status").asString())
                .isEqualTo("healthy");
        var queue = api.get("/api/reflection/queue-status").body();
        assertThat(queue.path("queue_consumers").asInt()).isPositive();
        assertThat(queue.path("lag_by_topic").path("memory.interactions").asInt(-1))
                .isZero();
        var stats = api.get("/api/reflection/stats").body();
        assertThat(stats.path("processed_count").asInt() - processedBefore).isEqualTo(2);
        assertThat(stats.path("processing_rate_per_second").asDouble()).isPositive();
    }
}
