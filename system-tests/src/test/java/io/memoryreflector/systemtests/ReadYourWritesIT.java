package io.memoryreflector.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.systemtests.http.MemoryApi;
import io.memoryreflector.systemtests.http.Reflected;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Whoever wrote reads it: at once from the log's tail, or after waiting from the long term. On real servers. */
@ExtendWith(SharedSystem.class)
class ReadYourWritesIT {

    private static final Instant AT = Instant.parse("2026-05-02T10:00:00Z");
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final Duration REFLECTED_WITHIN = Duration.ofMinutes(3);
    private static final List<String> SAID = List.of(
            "I live in Lisbon and my dog is called Biscuit.",
            "I work as a nurse. I like green tea.",
            "I moved to Porto last week.",
            "When I deploy, first run the tests, then build the image, then push it.",
            "ok");

    private static MemoryApi api;

    @BeforeAll
    static void start() {
        api = new MemoryApi(URI.create(SharedSystem.stack().ingestUrl()), Optional.of(SharedSystem.OPERATOR));
    }

    @Test
    void shouldRecallEachOfTwoHundredWritesRightAfterItsAnswer() throws Exception {
        for (var i = 0; i < 200; i++) {
            var user = "writer-" + i % 4;
            var id = "ryw-" + i;
            // Every third is of long ago: none of the last turns, but just written.
            var at = i % 3 == 0 ? AT.minus(Duration.ofDays(400L + i)) : AT.plusSeconds(i);
            var text = "I bought a kite of kind K" + i + " at the harbour.";
            assertThat(api.post(interaction(user, id, text, at)).status()).isEqualTo(202);

            var recalled = api.recall(user, "kite of kind K" + i, 5);

            assertThat(sources(recalled.path("items")))
                    .as("recall %s right after write %s: %s", user, id, recalled)
                    .contains(id + "-m");
            if (i % 3 != 0) {
                assertThat(recalled.path("short_term").valueStream().map(turn -> turn.path("message_id")
                                .asString()))
                        .contains(id + "-m");
            }
        }
        for (var i = 0; i < 4; i++) {
            Reflected.await(api, "writer-" + i, 50, REFLECTED_WITHIN, done -> {});
        }
        var recalled = api.recall("writer-1", "kite of kind K1", 50).path("items");
        assertThat(recalled.valueStream().map(item -> item.path("tier").asString()))
                .as("what is reflected comes as memories alone")
                .doesNotContain("short_term");
        assertThat(sources(recalled)).contains("ryw-1-m");
    }

    @Test
    void shouldLeaveTheSameMemoriesWhetherOrNotTheWriterWaits() throws Exception {
        for (var i = 0; i < SAID.size(); i++) {
            var at = AT.plusSeconds(60L * i);
            var waited = api.post(interaction("patient", "patient-" + i, SAID.get(i), at), WAIT);
            assertThat(waited.status()).as(waited.body().toString()).isEqualTo(200);
            assertThat(waited.body().path("status").asString()).isEqualTo("completed");
            for (var tier : List.of("episodic", "semantic", "procedural")) {
                for (var memory : waited.body().path("memory_ids").path(tier)) {
                    assertThat(api.get("/api/v1/memories/" + memory.asString()).status())
                            .as("what the answer names is there")
                            .isEqualTo(200);
                }
            }
            assertThat(waited.body().path("memory_ids").path("episodic").size()).isPositive();
            assertThat(api.post(interaction("hasty", "hasty-" + i, SAID.get(i), at))
                            .status())
                    .isEqualTo(202);
        }
        Reflected.await(api, "hasty", SAID.size(), REFLECTED_WITHIN, done -> {});

        assertThat(api.userStatus("patient").path("pending").asInt(-1)).isZero();
        assertThat(memories("patient")).isEqualTo(memories("hasty")).hasSizeGreaterThan(SAID.size());
    }

    /** All that is the same of two users who said the same. */
    private static List<String> memories(String user) {
        return api.get("/api/v1/users/" + user + "/memories?limit=1000")
                .body()
                .path("memories")
                .valueStream()
                .map(memory -> String.join(
                        " | ",
                        memory.path("tier").asString(),
                        memory.path("text").asString(),
                        memory.path("occurred_at").asString(),
                        memory.path("valid_from").asString(""),
                        memory.path("valid_to").asString(""),
                        memory.path("sources").toString().replace(user, "user")))
                .sorted()
                .toList();
    }

    private static List<String> sources(JsonNode items) {
        return items.valueStream()
                .flatMap(item -> item.path("sources").valueStream())
                .map(source -> source.path("message_id").asString())
                .toList();
    }

    private static Map<String, ?> interaction(String user, String id, String text, Instant at) {
        return Map.of(
                "user_id",
                user,
                "session_id",
                "s",
                "interaction_id",
                id,
                "messages",
                List.of(Map.of("message_id", id + "-m", "role", "user", "content", text, "sent_at", at.toString())),
                "occurred_at",
                at.toString());
    }
}
