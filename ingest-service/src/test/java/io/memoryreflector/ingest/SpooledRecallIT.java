package io.memoryreflector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.localstack.Part;
import io.memoryreflector.store.longterm.LongTermMemory;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever wrote reads it at once, while Kafka is away as well. */
@ExtendWith(SharedServers.class)
class SpooledRecallIT {

    @Test
    void shouldRecallAtOnceWhatWasWrittenWhileKafkaIsAway() {
        var stack = SharedServers.breakable();
        try (var service = Service.start(stack, Map.of())) {
            service.bean(LongTermMemory.class).migrate();
            stack.process(Part.KAFKA).kill();

            for (var i = 0; i < 200; i++) {
                var text = "The kite number K" + i + " is red.";
                var written = service.post(
                        "/api/v1/interactions",
                        "{\"user_id\": \"ada\", \"interaction_id\": \"s" + i + "\", \"user_message\": \"" + text
                                + "\"}");
                assertThat(written.text("/status")).isEqualTo("spooled");

                var recalled = service.get("/api/v1/users/ada/recall?limit=3&query=kite%20number%20K" + i);

                assertThat(recalled.status()).as(recalled.response().body()).isEqualTo(200);
                assertThat(recalled.text("/items/0/text")).isEqualTo(text);
                assertThat(recalled.text("/items/0/tier")).isEqualTo("short_term");
                assertThat(recalled.json().at("/items/0/memory_id").isNull()).isTrue();
                assertThat(recalled.text("/items/0/sources/0/interaction_id")).isEqualTo("s" + i);
                assertThat(recalled.json().path("short_term").valueStream().map(turn -> turn.path("content")
                                .asString()))
                        .contains(text);
            }
        }
    }
}
