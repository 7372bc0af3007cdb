package io.memoryreflector.systemtests.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.systemtests.http.MemoryApi;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A client of the system that this replaces, as its page shows it, against the whole system. */
class VectorstoreClientIT {

    private static final Path EXAMPLE = Path.of("..", "docs", "clients", "examples", "vectorstore");

    private static LocalStack stack;

    @BeforeAll
    static void start() {
        stack = LocalStack.start(Part.whole(), Map.of("NEO4J_TIMEOUT", "30s"));
    }

    @AfterAll
    static void stop() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void shouldStoreATranscriptAndShowWhatBecameOfIt() throws Exception {
        ExampleProgram.assumeInstalled("python3");
        var example = new ExampleProgram(Path.of("target").toAbsolutePath(), Map.of("MEMORY_URL", stack.ingestUrl()));

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

        var api = new MemoryApi(URI.create(stack.ingestUrl()));
        assertThat(api.get("/api/reflection/health").body().path("status").asString())
                .isEqualTo("healthy");
        var queue = api.get("/api/reflection/queue-status").body();
        assertThat(queue.path("queue_consumers").asInt()).isPositive();
        assertThat(queue.path("lag_by_topic").path("memory.interactions").asInt(-1))
                .isZero();
        var stats = api.get("/api/reflection/stats").body();
        assertThat(stats.path("processed_count").asInt()).isEqualTo(2);
        assertThat(stats.path("processing_rate_per_second").asDouble()).isPositive();
    }
}
