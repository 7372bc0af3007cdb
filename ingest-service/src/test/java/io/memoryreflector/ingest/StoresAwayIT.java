package io.memoryreflector.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memoryreflector.ingest.config.StartFailure;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Redis and Neo4j are not there at all: the service starts and takes interactions, and says what it cannot do. */
@ExtendWith(SharedServers.class)
class StoresAwayIT {

    /** Where no server is: the stores' addresses of this test. */
    private static final Map<String, String> NOWHERE =
            Map.of("REDIS_URL", "redis://127.0.0.1:1", "NEO4J_URL", "bolt://127.0.0.1:1", "NEO4J_TIMEOUT", "1s");

    private static Service service;

    @BeforeAll
    static void start() {
        service = Service.start(SharedServers.steady(), NOWHERE);
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
    }

    @Test
    void shouldTakeInteractionsAtFullSpeed() {
        for (var i = 0; i < 20; i++) {
            write();
        }
        var begun = System.nanoTime();
        for (var i = 0; i < 50; i++) {
            write();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void shouldSayThatReadingIsNotPossible() {
        for (var path : new String[] {"recall?query=x", "memories", "status"}) {
            var answer = service.get("/api/v1/users/u/" + path);
            assertThat(answer.status()).as(path).isEqualTo(503);
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
            assertThat(answer.header("Retry-After")).isNotEmpty();
        }
    }

    @Test
    void shouldStayAliveAndReady() {
        assertThat(service.get("/actuator/health/liveness").status()).isEqualTo(200);
        assertThat(service.get("/actuator/health/readiness").status()).isEqualTo(200);
        var health = service.get("/actuator/health");
        assertThat(health.text("/components/redis/status")).isEqualTo("DOWN");
        assertThat(health.text("/components/neo4j/status")).isEqualTo("DOWN");
        assertThat(health.text("/components/kafka/status")).isEqualTo("UP");
    }

    @Test
    void shouldNotStartWithAnOutboxThatCannotBeWritten() {
        assertThatThrownBy(() -> Service.start(SharedServers.steady(), Map.of("OUTBOX_DIR", "/dev/null/outbox")))
                .satisfies(failure -> assertThat(StartFailure.line(failure))
                        .isEqualTo("OUTBOX_DIR: got '/dev/null/outbox', takes a folder that can be made and written"));
    }

    private static void write() {
        var answer = service.post("/api/v1/interactions", "{\"user_id\": \"u\", \"user_message\": \"hello\"}");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
    }
}
