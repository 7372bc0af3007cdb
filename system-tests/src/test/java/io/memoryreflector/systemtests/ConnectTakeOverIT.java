package io.memoryreflector.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.systemtests.http.MemoryApi;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Connect workers of one group share the sinks' tasks; those of a killed one go on at another. */
@ExtendWith(SharedSystem.class)
class ConnectTakeOverIT {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final int INTERACTIONS = 40;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String user = "takeover-" + UUID.randomUUID();

    @Test
    void shouldProjectEverythingThoughAWorkerIsKilled() {
        var stack = SharedSystem.stack();
        var api = new MemoryApi(URI.create(stack.ingestUrl()), Optional.of(SharedSystem.OPERATOR));
        var second = stack.startConnectBeside("second");
        await("the second worker has tasks")
                .atMost(SOON)
                .until(() -> tasks().getOrDefault(stack.connectWorkerId("second"), 0L) > 0);

        IntStream.range(0, INTERACTIONS / 2).forEach(number -> hand(api, number));
        second.kill();
        IntStream.range(INTERACTIONS / 2, INTERACTIONS).forEach(number -> hand(api, number));

        await("all tasks run on the first worker").atMost(SOON).untilAsserted(() -> {
            assertThat(tasks()).hasSize(1).doesNotContainKey(stack.connectWorkerId("second"));
        });
        await("all are recallable").atMost(SOON).untilAsserted(() -> {
            var episodes = api.memories(user, "episodic");
            assertThat(episodes).hasSize(INTERACTIONS);
        });
    }

    private void hand(MemoryApi api, int number) {
        var answer = api.post(Map.of(
                "user_id", user,
                "interaction_id", user + "-" + number,
                "user_message", "I bought kite number " + number + " at the harbour."));
        assertThat(answer.status()).isEqualTo(202);
    }

    /** Tasks that run, by worker. */
    private Map<String, Long> tasks() throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create(SharedSystem.stack().connectUrl() + "/connectors?expand=status"))
                .timeout(Duration.ofSeconds(10))
                .build();
        var answer = JsonMapper.shared()
                .readTree(
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        List<JsonNode> tasks = answer.valueStream()
                .flatMap(connector -> connector.at("/status/tasks").valueStream())
                .filter(task -> task.path("state").asString().equals("RUNNING"))
                .toList();
        return tasks.stream()
                .collect(Collectors.groupingBy(task -> task.path("worker_id").asString(), Collectors.counting()));
    }
}
