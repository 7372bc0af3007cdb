package io.memoryreflector.store.recall;

import io.memoryreflector.events.Source;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.events.Tier;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.Samples;
import io.memoryreflector.store.longterm.Memory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Memories and questions of the ranker's tests. */
final class Loaded {

    static final Set<Tier> ALL = Set.of(Tier.EPISODIC, Tier.SEMANTIC, Tier.PROCEDURAL);

    private Loaded() {}

    static UserMemories of(List<Memory> memories) {
        return UserMemories.empty().with(1, memories);
    }

    /** An episode of session s1 with a message of its own. */
    static Memory episode(String id, int minute, String text, float... vector) {
        return memory(id, Tier.EPISODIC, Samples.minute(minute), text, id, Optional.empty(), vector);
    }

    /** A turn of session s1 that is not reflected yet. */
    static Memory turn(String message, int minute, String text) {
        return memory("turn " + message, Tier.UNKNOWN, Samples.minute(minute), text, message, Optional.empty());
    }

    static Memory fact(String id, int minute, String text, String message, Instant validTo) {
        return memory(id, Tier.SEMANTIC, Samples.minute(minute), text, message, Optional.ofNullable(validTo));
    }

    static RecallQuery query(String text, int limit) {
        return new RecallQuery(
                new UserKey("test", "ada"),
                text,
                Optional.empty(),
                Samples.MODEL,
                limit,
                ALL,
                Optional.empty(),
                OptionalInt.empty(),
                Samples.START);
    }

    static List<String> ids(List<RecalledItem> items) {
        return items.stream().map(item -> item.memory().memoryId()).toList();
    }

    private static Memory memory(
            String id,
            Tier tier,
            Instant occurredAt,
            String text,
            String message,
            Optional<Instant> validTo,
            float... vector) {
        return memory(id, tier, Optional.of(Samples.SESSION), occurredAt, text, message, validTo, vector);
    }

    private static Memory memory(
            String id,
            Tier tier,
            Optional<String> session,
            Instant occurredAt,
            String text,
            String message,
            Optional<Instant> validTo,
            float... vector) {
        return new Memory(
                id,
                tier,
                text,
                session,
                occurredAt,
                occurredAt,
                tier == Tier.EPISODIC ? Optional.empty() : Optional.of(occurredAt),
                validTo,
                List.of(new SourceRef("i", message)),
                Source.REST,
                "test",
                1.0,
                0.5,
                vector,
                vector.length == 0 ? "" : Samples.MODEL,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /** A procedure that names a situation. */
    static Memory procedure(String id, String situation, String instruction, float... vector) {
        var text = situation + ": " + instruction;
        return changed(
                memory(id, Tier.PROCEDURAL, Samples.minute(1), text, id, Optional.empty(), vector),
                Optional.empty(),
                List.of(),
                Optional.of(situation));
    }

    /** The same memory, of these people. */
    static Memory of(Memory memory, String... people) {
        return changed(memory, memory.quarantine(), List.of(people), memory.situation());
    }

    /** An episode that no other turn stands before. */
    static Memory alone(String id, int minute, String text, float... vector) {
        return memory(
                id,
                Tier.EPISODIC,
                Optional.of("session of " + id),
                Samples.minute(minute),
                text,
                id,
                Optional.empty(),
                vector);
    }

    /** The same memory, held back. */
    static Memory heldBack(Memory memory) {
        return changed(memory, Optional.of("asks to drop instructions"), memory.people(), memory.situation());
    }

    private static Memory changed(
            Memory memory, Optional<String> quarantine, List<String> people, Optional<String> situation) {
        return new Memory(
                memory.memoryId(),
                memory.tier(),
                memory.text(),
                memory.sessionId(),
                memory.occurredAt(),
                memory.recordedAt(),
                memory.validFrom(),
                memory.validTo(),
                memory.sources(),
                memory.source(),
                memory.reflector(),
                memory.confidence(),
                memory.importance(),
                memory.vector(),
                memory.vectorModel(),
                quarantine,
                memory.amendedAt(),
                people,
                situation);
    }
}
