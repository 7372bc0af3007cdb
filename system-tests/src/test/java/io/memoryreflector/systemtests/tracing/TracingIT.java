package io.memoryreflector.systemtests.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.schemas.trace.UserHash;
import io.memoryreflector.systemtests.SharedSystem;
import io.memoryreflector.systemtests.tracing.OtlpCollector.Told;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One trace from the caller's request to what stands in the stores, as all programs told it to a collector. */
@ExtendWith(SharedSystem.class)
class TracingIT {

    private static final Duration TOLD_WITHIN = Duration.ofMinutes(1);
    private static final String CALLER = "00f067aa0ba902b7";

    private final OtlpCollector collector = SharedSystem.collector();

    @Test
    void shouldTellOneTraceFromTheRequestToTheWrites() throws Exception {
        // Given
        var trace = String.format(
                "%016x%016x", 0x4bf92f3577b34da6L, ThreadLocalRandom.current().nextLong());

        // When
        assertThat(post("traced", "traced-1", "00-" + trace + "-" + CALLER + "-01"))
                .isEqualTo(202);
        await().atMost(TOLD_WITHIN)
                .untilAsserted(() -> assertThat(collector.trace(trace).stream().map(TracingIT::what))
                        .contains(
                                "POST /api/v1/interactions",
                                "neo4j write memory.interactions",
                                "neo4j write memory.episodic",
                                "neo4j write memory.semantic",
                                "redis write memory.interactions",
                                "redis write memory.reflections"));

        // Then
        var request = one(trace, "POST /api/v1/interactions");
        assertThat(request.parentId()).isEqualTo(CALLER);
        assertThat(request.service()).isEqualTo("ingest-service");
        var publish = one(trace, "memory.interactions publish memory.interactions");
        assertThat(publish.parentId()).isEqualTo(request.spanId());
        assertThat(publish.attribute("memory.interaction_id")).isEqualTo("traced-1");
        assertThat(publish.attribute("memory.user")).isEqualTo(UserHash.of("default/traced"));
        var intake = one(trace, "intake memory.interactions");
        assertThat(intake.parentId()).isEqualTo(publish.spanId());
        assertThat(intake.service()).isEqualTo("streams-reflector");
        for (var tier : List.of("episodic", "semantic")) {
            var reflect = one(trace, "reflect " + tier + " reflector.tasks." + tier);
            assertThat(reflect.parentId()).isEqualTo(intake.spanId());
            assertThat(reflect.attribute("memory.outcome")).isEqualTo("completed");
            var write = one(trace, "neo4j write memory." + tier);
            assertThat(write.parentId()).isEqualTo(reflect.spanId());
            assertThat(write.service()).isEqualTo("memory-neo4j-sink");
            assertThat(write.attribute("memory.user")).isEqualTo(UserHash.of("default/traced"));
            assertThat(batchOf(write, trace)).isTrue();
        }
        assertThat(one(trace, "neo4j write memory.interactions").parentId()).isEqualTo(publish.spanId());
        assertThat(one(trace, "redis write memory.interactions").parentId()).isEqualTo(publish.spanId());
    }

    /** A batch of one is below its record's span, any other is linked to it. */
    private boolean batchOf(Told write, String trace) {
        return !collector.linkedTo(write.spanId()).isEmpty()
                || collector.trace(trace).stream()
                        .anyMatch(told -> told.parentId().equals(write.spanId())
                                && told.span().getName().equals("neo4j batch"));
    }

    private Told one(String trace, String what) {
        var found = collector.trace(trace).stream()
                .filter(told -> what(told).equals(what))
                .toList();
        assertThat(found).as("%s of %s", what, collector.trace(trace)).isNotEmpty();
        return found.get(0);
    }

    private static String what(Told told) {
        return (told.span().getName() + " " + told.attribute("messaging.destination.name")).strip();
    }

    private static int post(String user, String id, String traceparent) throws Exception {
        var body = """
                {"user_id": "%s", "session_id": "s", "interaction_id": "%s",
                 "user_message": "I live in Lisbon and my dog is called Biscuit.", "assistant_response": "Noted."}""".formatted(user, id);
        var request = HttpRequest.newBuilder(URI.create(SharedSystem.stack().ingestUrl() + "/api/v1/interactions"))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + SharedSystem.OPERATOR)
                .header("traceparent", traceparent)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
