package io.memoryreflector.connect;

import io.memoryreflector.events.Episode;
import io.memoryreflector.events.Fact;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.Procedure;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.Role;
import io.memoryreflector.events.SessionSummary;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.events.Tier;
import io.memoryreflector.events.TierStatus;
import io.memoryreflector.schemas.UserKey;
import java.time.Instant;
import java.util.List;

/** Events as the log holds them; an interaction's memories have ids made of its own. */
public final class Samples {

    private static final Instant AT = Instant.parse("2026-05-02T10:00:00Z");
    private static final String SESSION = "s1";

    private Samples() {}

    public static Interaction interaction(UserKey user, String id) {
        return Interaction.newBuilder()
                .setInteractionId(id)
                .setNamespace(user.namespace())
                .setUserId(user.userId())
                .setSessionId(SESSION)
                .setMessages(List.of(Message.newBuilder()
                        .setMessageId(id + ":m")
                        .setRole(Role.USER)
                        .setContent("I moved to Lisbon, said " + id)
                        .setSentAt(AT)
                        .build()))
                .setOccurredAt(AT)
                .build();
    }

    public static Episode episode(UserKey user, String interactionId) {
        return Episode.newBuilder()
                .setMemoryId(interactionId + ":episode")
                .setNamespace(user.namespace())
                .setUserId(user.userId())
                .setSessionId(SESSION)
                .setOccurredAt(AT)
                .setRecordedAt(AT)
                .setSources(List.of(new SourceRef(interactionId, interactionId + ":m")))
                .setReflector(reflector())
                .setSummary("Moved to Lisbon")
                .setEntities(List.of("Lisbon"))
                .build();
    }

    public static Fact fact(UserKey user, String interactionId) {
        return Fact.newBuilder()
                .setMemoryId(interactionId + ":fact")
                .setNamespace(user.namespace())
                .setUserId(user.userId())
                .setSessionId(SESSION)
                .setOccurredAt(AT)
                .setRecordedAt(AT)
                .setSources(List.of(new SourceRef(interactionId, interactionId + ":m")))
                .setReflector(reflector())
                .setSubject("Ada")
                .setPredicate("owns")
                .setObject("a book")
                .setStatement("Ada owns a book")
                .setFunctional(false)
                .setValidFrom(AT)
                .build();
    }

    public static Procedure procedure(UserKey user, String interactionId) {
        return Procedure.newBuilder()
                .setMemoryId(interactionId + ":procedure")
                .setNamespace(user.namespace())
                .setUserId(user.userId())
                .setSessionId(SESSION)
                .setOccurredAt(AT)
                .setRecordedAt(AT)
                .setSources(List.of(new SourceRef(interactionId, interactionId + ":m")))
                .setReflector(reflector())
                .setKind("instruction")
                .setInstruction("Always answer in French")
                .setValidFrom(AT)
                .build();
    }

    /** A session of one interaction. */
    public static SessionSummary summary(UserKey user, String interactionId) {
        return SessionSummary.newBuilder()
                .setMemoryId(interactionId + ":session")
                .setNamespace(user.namespace())
                .setUserId(user.userId())
                .setSessionId(interactionId + ":session")
                .setOccurredAt(AT)
                .setRecordedAt(AT)
                .setSources(List.of(new SourceRef(interactionId, interactionId + ":m")))
                .setReflector(reflector())
                .setSummary("Moved to Lisbon")
                .setStartedAt(AT)
                .setEndedAt(AT)
                .setInteractionCount(1)
                .setMemoryIds(List.of(interactionId + ":episode"))
                .setRevision(1)
                .build();
    }

    public static ReflectionStatus completed(UserKey user, String interactionId) {
        return ReflectionStatus.newBuilder()
                .setInteractionId(interactionId)
                .setNamespace(user.namespace())
                .setUserId(user.userId())
                .setSessionId(SESSION)
                .setState(ReflectionState.COMPLETED)
                .setOccurredAt(AT)
                .setReceivedAt(AT)
                .setUpdatedAt(AT)
                .setRevision(1)
                .setTiers(List.of(TierStatus.newBuilder()
                        .setTier(Tier.EPISODIC)
                        .setState(ReflectionState.COMPLETED)
                        .setMemoryIds(List.of(interactionId + ":episode"))
                        .setUpdatedAt(AT)
                        .build()))
                .build();
    }

    private static ReflectorVersion reflector() {
        return ReflectorVersion.newBuilder().setName("test").setVersion("1").build();
    }
}
