package io.memoryreflector.store;

import io.memoryreflector.events.Embedding;
import io.memoryreflector.events.Episode;
import io.memoryreflector.events.ErasureScope;
import io.memoryreflector.events.Fact;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.MemoryAmended;
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
import io.memoryreflector.events.UserForgotten;
import io.memoryreflector.schemas.Ids;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.Vectors;
import io.memoryreflector.schemas.erasure.Handed;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/** Events as the log holds them; ids of memories are made as the reflectors make them. */
public final class Samples {

    /** When everything begins. */
    public static final Instant START = Instant.parse("2026-05-02T10:00:00Z");

    public static final String SESSION = "s1";
    public static final String MODEL = "test-model";

    private Samples() {}

    /** The n-th minute. */
    public static Instant minute(int n) {
        return START.plusSeconds(60L * n);
    }

    public static Interaction interaction(UserKey user, String id, Instant at, String content) {
        return Interaction.newBuilder()
                .setInteractionId(id)
                .setNamespace(user.namespace())
                .setUserId(user.userId())
                .setSessionId(SESSION)
                .setMessages(List.of(Message.newBuilder()
                        .setMessageId(id + ":m")
                        .setRole(Role.USER)
                        .setContent(content)
                        .setSentAt(at)
                        .build()))
                .setOccurredAt(at)
                .setReceivedAt(at)
                .build();
    }

    public static Episode episode(UserKey user, String interactionId, Instant at, String summary, float... vector) {
        return Episode.newBuilder()
                .setMemoryId(Ids.memory(user, interactionId, Tier.EPISODIC.name(), summary))
                .setNamespace(user.namespace())
                .setUserId(user.userId())
                .setSessionId(SESSION)
                .setOccurredAt(at)
                .setRecordedAt(at)
                .setSources(List.of(new SourceRef(interactionId, interactionId + ":m")))
                .setReflector(reflector())
                .setEmbedding(vector.length == 0 ? null : new Embedding(MODEL, Vectors.toBytes(vector)))
                .setSummary(summary)
                .setEntities(List.of("Lisbon"))
                .build();
    }

    /** A fact of which only one object is current. */
    public static Fact fact(UserKey user, String interactionId, Instant from, String predicate, String object) {
        return Fact.newBuilder()
                .setMemoryId(Ids.memory(user, interactionId, Tier.SEMANTIC.name(), predicate + object))
                .setNamespace(user.namespace())
                .setUserId(user.userId())
                .setSessionId(SESSION)
                .setOccurredAt(from)
                .setRecordedAt(from)
                .setSources(List.of(new SourceRef(interactionId, interactionId + ":m")))
                .setReflector(reflector())
                .setSubject("Ada")
                .setPredicate(predicate)
                .setObject(object)
                .setStatement("Ada " + predicate.replace('_', ' ') + " " + object)
                .setFunctional(true)
                .setValidFrom(from)
                .build();
    }

    public static Procedure procedure(UserKey user, String interactionId, Instant from, String instruction) {
        return Procedure.newBuilder()
                .setMemoryId(Ids.memory(user, interactionId, Tier.PROCEDURAL.name(), instruction))
                .setNamespace(user.namespace())
                .setUserId(user.userId())
                .setSessionId(SESSION)
                .setOccurredAt(from)
                .setRecordedAt(from)
                .setSources(List.of(new SourceRef(interactionId, interactionId + ":m")))
                .setReflector(reflector())
                .setKind("instruction")
                .setInstruction(instruction)
                .setValidFrom(from)
                .build();
    }

    /** A session in short, of one memory for each interaction. */
    public static SessionSummary summary(UserKey user, int revision, Instant recordedAt, String... interactionIds) {
        return SessionSummary.newBuilder()
                .setMemoryId(Ids.nameBased("session", user.toString(), SESSION))
                .setNamespace(user.namespace())
                .setUserId(user.userId())
                .setSessionId(SESSION)
                .setOccurredAt(recordedAt)
                .setRecordedAt(recordedAt)
                .setSources(Stream.of(interactionIds)
                        .map(id -> new SourceRef(id, id + ":m"))
                        .toList())
                .setReflector(reflector())
                .setSummary(interactionIds.length == 0 ? "" : "told in " + String.join(", ", interactionIds))
                .setStartedAt(START)
                .setEndedAt(recordedAt)
                .setInteractionCount(interactionIds.length)
                .setMemoryIds(
                        Stream.of(interactionIds).map(id -> "memory of " + id).toList())
                .setRevision(revision)
                .build();
    }

    /** A status in which the first tier made these memories. */
    public static ReflectionStatus status(
            UserKey user, String id, int revision, ReflectionState state, List<String> memoryIds) {
        return ReflectionStatus.newBuilder()
                .setInteractionId(id)
                .setNamespace(user.namespace())
                .setUserId(user.userId())
                .setSessionId(SESSION)
                .setState(state)
                .setOccurredAt(START)
                .setReceivedAt(START)
                .setUpdatedAt(minute(revision))
                .setRevision(revision)
                .setTiers(List.of(TierStatus.newBuilder()
                        .setTier(Tier.EPISODIC)
                        .setState(ReflectionState.COMPLETED)
                        .setMemoryIds(memoryIds)
                        .setUpdatedAt(minute(revision))
                        .build()))
                .build();
    }

    /** An erasure. */
    public static UserForgotten erasure(UserKey user, ErasureScope scope, String target, Instant at) {
        return UserForgotten.newBuilder()
                .setErasureId(Ids.nameBased(user.toString(), scope.name(), String.valueOf(target), at.toString()))
                .setNamespace(user.namespace())
                .setUserId(user.userId())
                .setScope(scope)
                .setTargetId(target)
                .setErasedAt(at)
                .build();
    }

    /** A change of a memory, of which the caller sets what it changes. */
    public static MemoryAmended amendment(SpecificRecord memory, String id, Instant at) {
        var of = Handed.ofMemory(memory).orElseThrow();
        var user = UserKey.parse(of.user());
        return MemoryAmended.newBuilder()
                .setAmendmentId(id)
                .setNamespace(user.namespace())
                .setUserId(user.userId())
                .setMemoryId(of.memoryId())
                .setSessionId(of.sessionId())
                .setSource(of.source())
                .setSources(of.interactionIds().stream()
                        .map(interaction -> new SourceRef(interaction, interaction + ":m"))
                        .toList())
                .setRecordedAt(of.recordedAt())
                .setAmendedAt(at)
                .build();
    }

    private static ReflectorVersion reflector() {
        return ReflectorVersion.newBuilder().setName("test").setVersion("1").build();
    }
}
