package io.memoryreflector.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Kafka goes away: the service says so in bounded time, and goes on when Kafka is back. */
class KafkaAwayIT {

    private LocalStack stack;
    private Service service;

    @BeforeEach
    void start() {
        stack = LocalStack.start(EnumSet.of(Part.KAFKA, Part.REGISTRY, Part.REDIS));
        service = Service.start(stack, Map.of("KAFKA_ACK_TIMEOUT", "2s"));
    }

    @AfterEach
    void stop() {
        if (service != null) {
            service.close();
        }
        stack.close();
    }

    @Test
    void shouldAnswer503InBoundedTimeAndTakeTheRetryWhenKafkaIsBack() {
        var body = "{\"user_id\": \"u\", \"interaction_id\": \"away-1\", \"user_message\": \"hello\"}";
        assertThat(service.post("/api/v1/interactions", "{\"user_id\": \"u\", \"user_message\": \"before\"}")
                        .status())
                .isEqualTo(202);

        stack.process(Part.KAFKA).kill();
        var begun = System.nanoTime();
        var answer = service.post("/api/v1/interactions", body);

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(503);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(service.get("/actuator/health/readiness").status()).isEqualTo(503);
        assertThat(service.get("/actuator/health/liveness").status()).isEqualTo(200);
        var batch = service.post("/api/v1/interactions:batch", "[" + body + "]");
        assertThat(batch.status()).isEqualTo(503);

        stack.process(Part.KAFKA).restart();
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            var again = service.post("/api/v1/interactions", body);
            assertThat(again.status()).isEqualTo(202);
            assertThat(again.text("/status")).isEqualTo("queued_reflection");
        });
    }
}
