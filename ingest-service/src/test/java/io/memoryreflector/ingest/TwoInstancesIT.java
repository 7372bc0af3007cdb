package io.memoryreflector.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.schemas.UserKey;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two instances over the same servers answer alike, whichever of them a call reaches. */
@ExtendWith(SharedServers.class)
class TwoInstancesIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private static Service one;
    private static Service other;

    private final String id = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        one = SharedServers.service();
        other = Service.start(SharedServers.steady(), Map.of("NEO4J_TIMEOUT", "30s"));
    }

    @AfterAll
    static void stop() {
        other.close();
    }

    @Test
    void shouldRecallThroughTheOtherWhatTheOneHasTaken() {
        for (var i = 0; i < 20; i++) {
            var text = "The kite number K" + i + " of " + id + " is red.";
            assertThat(one.post("/api/v1/interactions", body("reads-" + id, id + i, text))
                            .status())
                    .isEqualTo(202);

            var recalled = other.get("/api/v1/users/reads-" + id + "/recall?limit=3&query=kite%20number%20K" + i);

            assertThat(recalled.text("/items/0/sources/0/interaction_id"))
                    .as(recalled.response().body())
                    .isEqualTo(id + i);
        }
    }

    @Test
    void shouldTakeARepeatAsADuplicateThroughTheOther() {
        var body = body("repeats-" + id, id, "once");
        assertThat(one.post("/api/v1/interactions", body).text("/status")).isEqualTo("queued_reflection");

        // The board learns of the acknowledgement off the request's path.
        await().atMost(SOON).untilAsserted(() -> {
            var again = other.post("/api/v1/interactions", body);
            assertThat(again.text("/status")).isEqualTo("duplicate");
            assertThat(again.text("/interaction_id")).isEqualTo(id);
        });
        assertThat(other.post("/api/v1/interactions", body("thief-" + id, id, "mine"))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void shouldMakeTheSameIdOfTheSameIdempotencyKey() {
        var body = "{\"user_id\": \"keyed\", \"user_message\": \"hello\"}";

        var first = one.post("/api/v1/interactions", body, "Idempotency-Key", id);
        var second = other.post("/api/v1/interactions", body, "Idempotency-Key", id);

        assertThat(second.text("/interaction_id")).isEqualTo(first.text("/interaction_id"));
    }

    @Test
    void shouldNotReplayWhatTheOtherHasReplayed() {
        var user = new UserKey("two-instances", id);
        try (var topic = new DeadLetterTopic(SharedServers.steady())) {
            topic.park(topic.letter(id, user, topic.bytes(topic.task(user, id))).build());
            var path = "/api/v1/dead-letters/" + id;
            for (var service : new Service[] {one, other}) {
                await().atMost(SOON).until(() -> service.get(path).status() == 200);
            }
            var ends = topic.ends("reflector.tasks.semantic");

            var first = one.post(path + ":replay", "{}");
            assertThat(first.json().path("sent").asInt())
                    .as(first.response().body())
                    .isOne();
            await().atMost(SOON).until(() -> other.get(path).text("/state").equals("replayed"));
            var second = other.post(path + ":replay", "{}");

            assertThat(second.json().path("sent").asInt()).isZero();
            assertThat(second.json().path("skipped").asInt()).isOne();
            assertThat(topic.since(ends)).hasSize(1);
        }
    }

    private static String body(String user, String interactionId, String text) {
        return "{\"user_id\": \"%s\", \"interaction_id\": \"%s\", \"user_message\": \"%s\"}"
                .formatted(user, interactionId, text);
    }
}
