package io.memoryreflector.ingest.memories;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.memoryreflector.store.longterm.Memory;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** One memory with its provenance; what its tier does not have is left out. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record MemoryAnswer(
        String memoryId,
        String namespace,
        String userId,
        String tier,
        String text,
        String sessionId,
        Instant occurredAt,
        Instant recordedAt,
        List<Source> sources,
        Reflector reflector,
        double confidence,
        double importance,
        String category,
        String subject,
        String predicate,
        String object,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> entities,
        String kind,
        String trigger,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> steps,
        Instant validFrom,
        Instant validTo,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> supersedes,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<MemoryAnswer> history) {

    /** A message that it rests on. */
    record Source(String interactionId, String messageId) {}

    /** What made it. */
    record Reflector(String name, String version, String model) {}

    static MemoryAnswer of(Memory memory) {
        return of(memory, List.of());
    }

    /** @param history the memories that stand in one line with this one, oldest first */
    static MemoryAnswer of(Memory memory, List<Memory> history) {
        return new MemoryAnswer(
                memory.memoryId(),
                memory.user().namespace(),
                memory.user().userId(),
                memory.tier().name().toLowerCase(Locale.ROOT),
                memory.text(),
                memory.sessionId(),
                memory.occurredAt(),
                memory.recordedAt(),
                memory.sources().stream()
                        .map(source -> new Source(source.interactionId(), source.messageId()))
                        .toList(),
                new Reflector(memory.reflector(), memory.reflectorVersion(), memory.model()),
                memory.confidence(),
                memory.importance(),
                memory.category(),
                memory.subject(),
                memory.predicate(),
                memory.object(),
                memory.entities(),
                memory.kind(),
                memory.trigger(),
                memory.steps(),
                memory.validFrom(),
                memory.validTo(),
                memory.supersedes(),
                history.stream().map(MemoryAnswer::of).toList());
    }
}
