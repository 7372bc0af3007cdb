package io.memoryreflector.systemtests.faults;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Interactions as REST and as Kafka take them: pure. */
final class Samples {

    private static final Instant AT = Instant.parse("2026-05-02T10:00:00Z");

    private Samples() {}

    static Map<String, Object> json(Line line, int number) {
        var id = line.id(number);
        return Map.of(
                "interaction_id",
                id,
                "user_id",
                line.user(number).userId(),
                "session_id",
                "s",
                "occurred_at",
                at(number).toString(),
                "messages",
                List.of(Map.of(
                        "message_id",
                        id + "-m",
                        "role",
                        "user",
                        "content",
                        "note " + number,
                        "sent_at",
                        at(number).toString())));
    }

    static Interaction event(Line line, int number) {
        var id = line.id(number);
        return Interaction.newBuilder()
                .setInteractionId(id)
                .setNamespace(line.user(number).namespace())
                .setUserId(line.user(number).userId())
                .setSessionId("s")
                .setOccurredAt(at(number))
                .setMessages(List.of(Message.newBuilder()
                        .setMessageId(id + "-m")
                        .setRole(Role.USER)
                        .setContent("note " + number)
                        .setSentAt(at(number))
                        .build()))
                .build();
    }

    private static Instant at(int number) {
        return AT.plusMillis(number);
    }
}
