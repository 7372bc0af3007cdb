package io.memoryreflector.ingest.seeds;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.memoryreflector.store.longterm.Memory;
import io.memoryreflector.store.longterm.NamespaceMemory.Owned;
import io.memoryreflector.store.longterm.SessionSummaries;
import io.memoryreflector.store.longterm.Transcripts.Said;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What a namespace remembers, as a tree: sessions, what was made of each, and what was said. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record HierarchyAnswer(
        String vectorstoreName,

        @Schema(allowableValues = {"discrete", "summary", "raw", "all"})
        String memoryType,

        @Schema(description = "Whether there is more of a kind than the limit let through.")
        boolean truncated,

        @Schema(description = "The session with the newest entry first.")
        List<Session> hierarchy) {

    /** One session of one user; without an id what belongs to none. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "SessionTree")
    record Session(
            String sessionId,
            String userId,
            Instant startedAt,
            Instant endedAt,
            Summary summary,
            List<Discrete> discreteMemories,
            List<Raw> rawMemories) {}

    /** The session in short, once it is over; what comes late raises the revision. */
    record Summary(
            String memoryId,
            String content,
            long interactions,
            int revision,

            @Schema(description = "The discrete memories that were made of the session.")
            List<String> discreteMemoryIds) {

        static Summary of(SessionSummaries.Summary summary) {
            return new Summary(
                    summary.memoryId(),
                    summary.text(),
                    summary.interactions(),
                    summary.revision(),
                    summary.memoryIds());
        }
    }

    /** One memory. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Discrete(
            String memoryId,
            String tier,
            String content,
            Instant timestamp,
            double importance,
            String quarantine,

            @Schema(description = "The raw memories that it rests on.")
            List<String> rawMemoryIds) {

        static Discrete of(Memory memory) {
            return new Discrete(
                    memory.memoryId(),
                    memory.tier().name().toLowerCase(Locale.ROOT),
                    memory.text(),
                    memory.occurredAt(),
                    memory.importance(),
                    memory.quarantine().orElse(null),
                    memory.sources().stream()
                            .map(source -> source.getInteractionId())
                            .distinct()
                            .toList());
        }
    }

    /** One interaction. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Raw(
            String rawMemoryId,
            Instant timestamp,

            @Schema(description = "When what was said was cleaned; the content of its messages is empty then.")
            Instant cleanedAt,

            List<Line> messages) {

        static Raw of(Said said) {
            return new Raw(
                    said.interactionId(),
                    said.occurredAt(),
                    said.cleanedAt().orElse(null),
                    said.messages().stream()
                            .map(message -> new Line(
                                    message.messageId(),
                                    message.role(),
                                    message.author().orElse(null),
                                    message.content(),
                                    message.sentAt()))
                            .toList());
        }
    }

    /** One message. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Line(String messageId, String role, String author, String content, Instant sentAt) {}

    /** Puts together what was found, the newest of each kind first. */
    static HierarchyAnswer of(
            String namespace,
            MemoryType type,
            List<SessionSummaries.Summary> summaries,
            List<Owned<Memory>> memories,
            List<Owned<Said>> interactions,
            int limit) {
        var sessions = new Sessions();
        summaries.stream().limit(limit).forEach(sessions::add);
        memories.stream().limit(limit).forEach(sessions::add);
        interactions.stream().limit(limit).forEach(sessions::addRaw);
        return new HierarchyAnswer(
                namespace,
                type.name().toLowerCase(Locale.ROOT),
                summaries.size() > limit || memories.size() > limit || interactions.size() > limit,
                sessions.newestFirst());
    }
}
