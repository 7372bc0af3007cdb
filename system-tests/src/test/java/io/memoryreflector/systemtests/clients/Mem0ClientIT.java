package io.memoryreflector.systemtests.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memoryreflector.systemtests.SharedSystem;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** mem0's own client, as its page shows it, against the whole system with a key of its own namespace. */
@ExtendWith(SharedSystem.class)
class Mem0ClientIT {

    @Test
    void shouldServeMem0sOwnClient() throws Exception {
        ExampleProgram.assumeInstalled("node", "npm");
        var example = NpmExample.install("mem0", "memory.js");

        var output = run(example, SharedSystem.ADMIN);

        System.out.println(output);
        assertThat(output).as("its first call, the ping").doesNotContain("Failed to initialize");
        assertThat(line(output, "add").path("eventId").asString()).isNotEmpty();
        assertThat(line(output, "event").path("status").asString()).isEqualTo("SUCCEEDED");
        assertThat(line(output, "event").path("results").size()).isPositive();
        var best = line(output, "search").path(0);
        assertThat(best.path("memory").asString()).contains("Lisbon");
        assertThat(best.path("userId").asString()).isEqualTo("ada");
        assertThat(best.path("runId").asString()).isEqualTo("s1");
        assertThat(best.path("score").asDouble()).isPositive();
        var all = line(output, "getAll");
        assertThat(all.path("count").asInt())
                .isEqualTo(line(output, "event").path("results").size());
        assertThat(all.path("results").size()).isBetween(1, 2);
        assertThat(line(output, "get").path("memory")).isEqualTo(best.path("memory"));
        assertThat(line(output, "update").path("memory").asString()).isEqualTo("Ada lives in Faro.");
        assertThat(line(output, "updated").path("memory").asString()).isEqualTo("Ada lives in Faro.");
        var history = line(output, "history");
        assertThat(history.size()).isEqualTo(2);
        assertThat(history.path(0).path("event").asString()).isEqualTo("ADD");
        assertThat(history.path(1).path("event").asString()).isEqualTo("UPDATE");
        assertThat(history.path(1).path("oldMemory")).isEqualTo(best.path("memory"));
        assertThat(history.path(1).path("newMemory").asString()).isEqualTo("Ada lives in Faro.");
        assertThat(line(output, "search again").path(0).path("memory").asString())
                .as("recalled in its new words")
                .isEqualTo("Ada lives in Faro.");
        assertThat(line(output, "no such memory").path("name").asString()).isEqualTo("MemoryNotFoundError");
        assertThat(line(output, "by agent").path("name").asString()).isEqualTo("ValidationError");
        assertThat(line(output, "by agent").path("detail").asString())
                .startsWith("filters.agent_id: is no filter here");
        assertThat(line(output, "delete").path("message").asString()).isEqualTo("Memory deleted successfully!");
        assertThat(line(output, "deleted").path("errorCode").asString()).isEqualTo("HTTP_404");
        assertThat(line(output, "deleteAll").path("message").asString()).isEqualTo("Memories deleted successfully!");
        assertThat(line(output, "all deleted").path("count").asInt(-1)).isZero();
    }

    @Test
    void shouldTellAClientWhoseKeyMayNotWrite() throws Exception {
        ExampleProgram.assumeInstalled("node", "npm");
        var example = NpmExample.install("mem0", "memory.js");

        assertThatThrownBy(() -> run(example, SharedSystem.READER))
                .hasMessageContaining("AuthenticationError")
                .hasMessageContaining("This credential may not do that.");
    }

    private static String run(NpmExample example, String key) throws Exception {
        return example.run(
                Map.of(
                        "MEM0_HOST",
                        SharedSystem.stack().ingestUrl() + "/compat/mem0",
                        "REFLECTOR_API_KEY",
                        key,
                        "MEM0_TELEMETRY",
                        "false"),
                "ada",
                "I live in Lisbon and my dog is called Biscuit.",
                "Where do I live?",
                "Ada lives in Faro.");
    }

    private static JsonNode line(String output, String name) {
        var prefix = name + ": ";
        return output.lines()
                .filter(line -> line.startsWith(prefix))
                .findFirst()
                .map(line -> JsonMapper.shared().readTree(line.substring(prefix.length())))
                .orElseThrow(() -> new AssertionError("no line '" + name + "' in: " + output));
    }
}
