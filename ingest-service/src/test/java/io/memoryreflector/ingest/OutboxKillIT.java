package io.memoryreflector.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The packaged service, as a process of its own, is killed with interactions in its outbox. */
@ExtendWith(SharedServers.class)
class OutboxKillIT {

    private static final int USERS = 7;
    private static final int INTERACTIONS = 300;

    private final HttpClient http = HttpClient.newHttpClient();
    private LocalStack stack;

    @BeforeEach
    void start() {
        stack = SharedServers.breakable();
        stack.startAll(EnumSet.of(Part.INGEST));
    }

    @AfterEach
    void stop() {
        stack.process(Part.INGEST).close();
    }

    @Test
    void shouldLoseNothingThatWasAnsweredAsSpooled() throws Exception {
        stack.process(Part.KAFKA).kill();
        var expected = new TreeMap<String, List<String>>();
        for (var i = 0; i < INTERACTIONS; i++) {
            if (i == INTERACTIONS / 2) {
                stack.process(Part.INGEST).kill();
                stack.process(Part.INGEST).restart();
            }
            var user = "killed-" + i % USERS;
            assertThat(write(user, "i-" + i)).contains("\"spooled\"");
            expected.computeIfAbsent(user, key -> new ArrayList<>()).add("i-" + i);
        }
        stack.process(Part.INGEST).kill();

        stack.process(Part.KAFKA).restart();
        stack.process(Part.INGEST).restart();

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(get("/actuator/prometheus")).contains("reflector_outbox_depth 0.0"));
        expected.forEach((user, ids) ->
                assertThat(TopicReader.idsOf(stack, user)).as(user).isEqualTo(ids));
    }

    private String write(String user, String id) throws IOException, InterruptedException {
        var body = "{\"user_id\": \"%s\", \"interaction_id\": \"%s\", \"user_message\": \"hello\"}".formatted(user, id);
        return send(request("/api/v1/interactions")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private String get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(stack.ingestUrl() + path)).timeout(Duration.ofSeconds(30));
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    }
}
