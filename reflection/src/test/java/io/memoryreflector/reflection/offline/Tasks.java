package io.memoryreflector.reflection.offline;

import io.memoryreflector.events.Message;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.Role;
import io.memoryreflector.events.Source;
import io.memoryreflector.events.Tier;
import java.time.Instant;
import java.util.List;

/** Tasks and messages for tests, all said on Wednesday 8 May 2024. */
final class Tasks {

    static final Instant SAID = Instant.parse("2024-05-08T10:00:00Z");
    static final Instant RECORDED = Instant.parse("2024-05-08T10:00:05Z");

    private Tasks() {}

    static Message user(String id, String content) {
        return new Message(id, Role.USER, null, content, SAID);
    }

    static Message said(String id, Role role, String author, String content) {
        return new Message(id, role, author, content, SAID);
    }

    static ReflectionTask task(Tier tier, Message... messages) {
        return ReflectionTask.newBuilder()
                .setInteractionId("i-1")
                .setNamespace("default")
                .setUserId("ana")
                .setSessionId("s-1")
                .setTier(tier)
                .setMessages(List.of(messages))
                .setOccurredAt(SAID)
                .setRecordedAt(RECORDED)
                .setCategory("chat")
                .setSource(Source.REST)
                .build();
    }
}
