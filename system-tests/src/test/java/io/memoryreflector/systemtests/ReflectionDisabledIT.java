package io.memoryreflector.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.systemtests.http.MemoryApi;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code REFLECTION_ENABLED=false} and {@code MEMORY_FAST_MODE=false}, on real servers. */
class ReflectionDisabledIT {

    @Test
    void shouldKeepTheTurnsAndTheLogAndReflectNothing() {
        var settings = Map.of("REFLECTION_ENABLED", "false", "MEMORY_FAST_MODE", "false", "MEMORY_WAIT", "60s");
        try (var stack = LocalStack.start(Part.whole(), settings)) {
            var api = new MemoryApi(URI.create(stack.ingestUrl()));

            var answer = api.post(Map.of("user_id", "ada", "interaction_id", "i1", "user_message", "I like kites."));

            assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
            assertThat(answer.body().path("status").asString()).isEqualTo("skipped");
            var status = api.userStatus("ada");
            assertThat(status.path("received").asInt()).isOne();
            assertThat(status.path("skipped").asInt()).isOne();
            assertThat(status.path("pending").asInt(-1)).isZero();
            assertThat(api.get("/api/v1/users/ada/memories")
                            .body()
                            .path("memories")
                            .size())
                    .isZero();
            var recalled = api.recall("ada", "kites", 5);
            assertThat(recalled.at("/short_term/0/content").asString()).isEqualTo("I like kites.");
            assertThat(recalled.at("/items/0/tier").asString()).isEqualTo("short_term");
            assertThat(api.post(Map.of("user_id", "ada", "user_message", "again"), Duration.ZERO)
                            .status())
                    .isEqualTo(202);
        }
    }
}
