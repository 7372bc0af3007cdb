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
                OptionalInt.empty());
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
        return new Memory(
                id,
                tier,
                text,
                Optional.of(Samples.SESSION),
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
                Optional.empty());
    }

    /** The same memory, held back. */
    static Memory heldBack(Memory memory) {
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
                Optional.of("asks to drop instructions"),
                memory.amendedAt());
    }
}
