package io.memoryreflector.benchmarks.ingest;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.Role;
import io.memoryreflector.schemas.UserKey;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Interactions of a kilobyte of text by a thousand users: the same for all ways in. */
public final class Interactions {

    /** What makes each a kilobyte with its fields. */
    public static final String QUESTION = "I moved to Lisbon last week and look for a flat near the river. ".repeat(5);

    /** What the assistant says. */
    public static final String ANSWER = "How is it there? Tell me what you have seen so far. ".repeat(8);

    static final int USERS = 1_000;

    private static final Instant AT = Instant.parse("2026-05-02T10:00:00Z");

    private Interactions() {}

    /** The interaction of this number. */
    public static Interaction of(long number) {
        return of(number, USERS);
    }

    /** The same, by one of so many users. */
    public static Interaction of(long number, int users) {
        var id = new UUID(number, AT.toEpochMilli()).toString();
        return Interaction.newBuilder()
                .setInteractionId(id)
                .setUserId("user" + number % users)
                .setSessionId("s1")
                .setOccurredAt(AT)
                .setMessages(
                        List.of(message(id + ":0", Role.USER, QUESTION), message(id + ":1", Role.ASSISTANT, ANSWER)))
                .build();
    }

    /** The record key of an interaction. */
    public static String key(Interaction interaction) {
        return new UserKey(interaction.getNamespace(), interaction.getUserId()).toString();
    }

    /** The record key of the interaction of this number. */
    static String key(long number) {
        return UserKey.DEFAULT_NAMESPACE + "/user" + number % USERS;
    }

    private static Message message(String id, Role role, String content) {
        return Message.newBuilder()
                .setMessageId(id)
                .setRole(role)
                .setContent(content)
                .setSentAt(AT)
                .build();
    }
}
