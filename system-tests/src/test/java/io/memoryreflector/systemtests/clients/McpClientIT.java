package io.memoryreflector.systemtests.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Source;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.systemtests.SharedSystem;
import io.memoryreflector.systemtests.model.load.CommittedRecords;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The official client of the Model Context Protocol, as its page shows it, against the whole system. */
@ExtendWith(SharedSystem.class)
class McpClientIT {

    private static final String USER = "mcp-ada";
    private static final String INITIALIZE = """
            {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-06-18",
             "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}}""";

    @Test
    void shouldRememberRecallAndForgetByTheOfficialClient() throws Exception {
        ExampleProgram.assumeInstalled("node", "npm");
        var example = NpmExample.install("mcp", "memory.js");

        var output = run(example, SharedSystem.ADMIN, USER, "I live in Lisbon and my dog is called Biscuit.");

        System.out.println(output);
        assertThat(output)
                .contains("tools: forget recall reflection_status remember")
                .containsPattern("remember: \\{\"status\":\"queued_reflection\"")
                .containsPattern("reflection_status: .*\"received\":1,\"completed\":1.*\"pending\":0")
                .containsPattern("forget: .*\"status\":\"forgetting\"")
                .contains("recall failed: ");
        var recalls = output.lines().filter(line -> line.startsWith("recall: ")).toList();
        assertThat(recalls.get(0)).as("what was just written is recalled").contains("Biscuit");
        assertThat(recalls.get(1)).as("and is learnt").contains("\"tier\":\"semantic\"");

        var id = Pattern.compile("\"interaction_id\":\"([^\"]+)\"").matcher(output);
        assertThat(id.find()).isTrue();
        var record = records().stream()
                .filter(found -> found.value().getInteractionId().equals(id.group(1)))
                .findFirst()
                .orElseThrow();
        assertThat(record.key()).as("the namespace is the key's own").isEqualTo("acme/" + USER);
        assertThat(record.value().getSource()).isEqualTo(Source.MCP);

        var forgotten = Pattern.compile("\"memory_id\":\"([^\"]+)\"").matcher(recalls.get(1));
        assertThat(forgotten.find()).isTrue();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> send("/api/v1/memories/" + forgotten.group(1), SharedSystem.ADMIN, null, null)
                                .statusCode()
                        == 404);

        assertThat(run(example, SharedSystem.READER, USER, "x"))
                .as("a tool asks for its own role")
                .contains(
                        "remember failed: This credential may not use 'remember', which takes one with the role write.")
                .contains("recall: ");
    }

    @Test
    void shouldLetInNobodyWithoutAKeyNorThePagesOfOtherSites() throws Exception {
        assertThat(send("/mcp", SharedSystem.ADMIN, null, INITIALIZE).statusCode())
                .isEqualTo(200);
        assertThat(send("/mcp", null, null, INITIALIZE).statusCode()).isEqualTo(401);
        assertThat(send("/mcp", SharedSystem.ADMIN, "http://evil.example", INITIALIZE)
                        .statusCode())
                .isEqualTo(403);
        assertThat(send("/mcp", SharedSystem.ADMIN, null, "{").statusCode()).isEqualTo(400);
        assertThat(send("/mcp", SharedSystem.ADMIN, null, null).statusCode())
                .as("there is no stream to listen to")
                .isEqualTo(405);
    }

    private static String run(NpmExample example, String key, String user, String text) throws Exception {
        return example.run(
                Map.of("MEMORY_URL", SharedSystem.stack().ingestUrl() + "/mcp", "REFLECTOR_API_KEY", key),
                user,
                text,
                "What is my dog called, and where do I live?");
    }

    private static HttpResponse<String> send(String path, String key, String origin, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(SharedSystem.stack().ingestUrl() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream");
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        if (origin != null) {
            request.header("Origin", origin);
        }
        if (body != null) {
            request.POST(HttpRequest.BodyPublishers.ofString(body));
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static List<ConsumerRecord<String, Interaction>> records() {
        var found = new ArrayList<ConsumerRecord<String, Interaction>>();
        var log = new CommittedRecords(
                SharedSystem.stack().kafkaBootstrapServers(),
                EventSerdes.of(SharedSystem.stack().schemaRegistryUrl()));
        log.<Interaction>read(Topics.INTERACTIONS, found::add);
        return found;
    }
}
