package io.memoryreflector.ingest.mem0;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.memoryreflector.ingest.recall.RecallAnswer;
import io.memoryreflector.store.longterm.LongTermMemory;
import io.memoryreflector.store.longterm.Memory;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A memory in mem0's shape.
 *
 * @param runId the session that it was learnt in
 * @param categories its tier
 * @param metadata why it is held back, if it is
 * @param createdAt when it was true
 * @param updatedAt when it was last changed
 * @param score of an answer to a question alone
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Mem0Memory")
record MemoryShape(
        String id,
        String memory,
        String userId,
        String runId,
        List<String> categories,
        Map<String, String> metadata,
        Instant createdAt,
        Instant updatedAt,
        Double score) {

    static MemoryShape of(LongTermMemory.Owned owned) {
        return of(owned.user().userId(), owned.memory());
    }

    static MemoryShape of(String userId, Memory memory) {
        return new MemoryShape(
                memory.memoryId(),
                memory.text(),
                userId,
                memory.sessionId().orElse(null),
                List.of(memory.tier().name().toLowerCase(Locale.ROOT)),
                memory.quarantine().map(why -> Map.of("quarantine", why)).orElse(Map.of()),
                memory.occurredAt(),
                memory.amendedAt().orElse(memory.occurredAt()),
                null);
    }

    static MemoryShape of(String userId, RecallAnswer.Item item) {
        return new MemoryShape(
                item.memoryId(),
                item.text(),
                userId,
                item.sessionId(),
                List.of(item.tier()),
                Map.of(),
                item.occurredAt(),
                Optional.ofNullable(item.amendedAt()).orElse(item.occurredAt()),
                item.score());
    }

    /** The same in other words. */
    MemoryShape reworded(String text, Instant at) {
        return new MemoryShape(id, text, userId, runId, categories, metadata, createdAt, at, null);
    }
}
