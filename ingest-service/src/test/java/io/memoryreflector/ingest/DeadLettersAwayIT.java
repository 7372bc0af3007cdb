package io.memoryreflector.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.schemas.UserKey;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Kafka goes away under the dead letters: what is known is shown, what needs Kafka says so, and nothing is lost. */
@ExtendWith(SharedServers.class)
class DeadLettersAwayIT {

    private final String id = UUID.randomUUID().toString();
    private final UserKey user = new UserKey("default", "ada-" + id);
    private LocalStack stack;
    private Service service;
    private DeadLetterTopic topic;

    @BeforeEach
    void start() {
        stack = SharedServers.breakable();
        service = Service.start(stack, Map.of());
        topic = new DeadLetterTopic(stack);
    }

    @AfterEach
    void stop() {
        if (topic != null) {
            topic.close();
        }
        if (service != null) {
            service.close();
        }
    }

    @Test
    void shouldKeepALetterParkedWhileKafkaIsAwayAndReplayItAfterwards() {
        topic.park(topic.letter(id, user, topic.bytes(topic.task(user, id))).build());
        awaitTotal(1);

        stack.process(Part.KAFKA).kill();

        awaitTotal(1);
        var begun = System.nanoTime();
        assertThat(service.get("/api/v1/dead-letters/" + id).status()).isEqualTo(503);
        var refused = service.post("/api/v1/dead-letters/" + id + ":replay", "{}");
        assertThat(refused.status()).as(refused.response().body()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isNotEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(40));

        stack.process(Part.KAFKA).restart();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> service.post("/api/v1/dead-letters/" + id + ":replay", "{}")
                                .status()
                        == 202);
        awaitTotal(0);
        // The index follows on by itself.
        topic.park(topic.letter(id + 1, user, DeadLetterTopic.POISON).build());
        awaitTotal(1);
    }

    private void awaitTotal(int expected) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(service.get("/api/v1/dead-letters?user_id=" + user.userId())
                                .json()
                                .path("total")
                                .asInt(-1))
                        .isEqualTo(expected));
    }
}
