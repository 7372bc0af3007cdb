package io.memoryreflector.ingest.memories;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.memoryreflector.schemas.UserKey;
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
        Instant validFrom,
        Instant validTo,
        List<Source> sources,
        String reflector,
        double confidence,
        double importance) {

    /** A message that it rests on. */
    record Source(String interactionId, String messageId) {}

    static MemoryAnswer of(UserKey user, Memory memory) {
        return new MemoryAnswer(
                memory.memoryId(),
                user.namespace(),
                user.userId(),
                memory.tier().name().toLowerCase(Locale.ROOT),
                memory.text(),
                memory.sessionId().orElse(null),
                memory.occurredAt(),
                memory.recordedAt(),
                memory.validFrom().orElse(null),
                memory.validTo().orElse(null),
                memory.sources().stream()
                        .map(source -> new Source(source.getInteractionId(), source.getMessageId()))
                        .toList(),
                memory.reflector(),
                memory.confidence(),
                memory.importance());
    }
}
