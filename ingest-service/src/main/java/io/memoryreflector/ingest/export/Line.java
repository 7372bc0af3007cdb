package io.memoryreflector.ingest.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.events.TierStatus;
import io.memoryreflector.store.longterm.Amendments;
import io.memoryreflector.store.longterm.Memory;
import io.memoryreflector.store.longterm.SessionSummaries;
import io.memoryreflector.store.longterm.Transcripts;
import io.memoryreflector.store.status.InteractionStatus;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One line of an export; its type tells which. */
@JsonInclude(JsonInclude.Include.NON_NULL)
sealed interface Line {

    /** What the line holds. */
    String type();

    /** What was said in one interaction; its messages have no content once that was cleaned. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Interaction(
            String type,
            String interactionId,
            String sessionId,
            String source,
            Instant occurredAt,
            Instant recordedAt,
            Instant cleanedAt,
            List<Message> messages)
            implements Line {

        static Interaction of(Transcripts.Said said) {
            return new Interaction(
                    "interaction",
                    said.interactionId(),
                    said.sessionId().orElse(null),
                    said.source(),
                    said.occurredAt(),
                    said.recordedAt(),
                    said.cleanedAt().orElse(null),
                    said.messages().stream().map(Message::of).toList());
        }
    }

    /** One message. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Message(String messageId, String role, String author, String content, Instant sentAt) {

        static Message of(Transcripts.Utterance said) {
            return new Message(
                    said.messageId(),
                    said.role(),
                    said.author().orElse(null),
                    said.content().isEmpty() ? null : said.content(),
                    said.sentAt());
        }
    }

    /** A memory of any tier, with what it rests on and how long it holds. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Remembered(
            String type,
            String memoryId,
            String tier,
            String text,
            String sessionId,
            Instant occurredAt,
            Instant recordedAt,
            Instant validFrom,
            Instant validTo,
            List<Origin> sources,
            String source,
            String trust,
            String reflector,
            double confidence,
            double importance,
            String quarantine)
            implements Line {

        static Remembered of(Memory memory) {
            return new Remembered(
                    "memory",
                    memory.memoryId(),
                    lower(memory.tier()),
                    memory.text(),
                    memory.sessionId().orElse(null),
                    memory.occurredAt(),
                    memory.recordedAt(),
                    memory.validFrom().orElse(null),
                    memory.validTo().orElse(null),
                    origins(memory.sources()),
                    lower(memory.source()),
                    lower(memory.trust()),
                    memory.reflector(),
                    memory.confidence(),
                    memory.importance(),
                    memory.quarantine().orElse(null));
        }
    }

    /** What was changed of a memory after it was made. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Amendment(
            String type,
            String amendmentId,
            String memoryId,
            String text,
            Boolean released,
            String reason,
            Instant amendedAt)
            implements Line {

        static Amendment of(Amendments.Amendment amendment) {
            return new Amendment(
                    "amendment",
                    amendment.amendmentId(),
                    amendment.memoryId(),
                    amendment.text().orElse(null),
                    amendment.released().orElse(null),
                    amendment.reason().orElse(null),
                    amendment.amendedAt());
        }
    }

    /** A message that a memory rests on. */
    record Origin(String interactionId, String messageId) {}

    /** A session and its extent. */
    record Session(String type, String sessionId, long interactions, Instant firstAt, Instant lastAt) implements Line {

        static Session of(Transcripts.Held held) {
            return new Session("session", held.sessionId(), held.interactions(), held.first(), held.last());
        }
    }

    /** A session in short. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SessionSummary(
            String type,
            String memoryId,
            String sessionId,
            String text,
            Instant startedAt,
            Instant endedAt,
            List<String> memoryIds,
            List<Origin> sources,
            String reflector,
            int revision)
            implements Line {

        static SessionSummary of(SessionSummaries.Summary summary) {
            return new SessionSummary(
                    "session_summary",
                    summary.memoryId(),
                    summary.sessionId(),
                    summary.text(),
                    summary.startedAt(),
                    summary.endedAt(),
                    summary.memoryIds(),
                    origins(summary.sources()),
                    summary.reflector(),
                    summary.revision());
        }
    }

    /** What became of an interaction. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Status(
            String type, String interactionId, String status, Instant receivedAt, Instant updatedAt, List<Tier> tiers)
            implements Line {

        static Status of(InteractionStatus status) {
            return new Status(
                    "status",
                    status.interactionId(),
                    lower(status.state()),
                    status.receivedAt().orElse(null),
                    status.updatedAt().orElse(null),
                    status.tiers().stream().map(Tier::of).toList());
        }
    }

    /** What became of one tier. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Tier(String tier, String state, int attempts, List<String> memoryIds, String error) {

        static Tier of(TierStatus tier) {
            return new Tier(
                    lower(tier.getTier()),
                    lower(tier.getState()),
                    tier.getAttempts(),
                    tier.getMemoryIds(),
                    tier.getError() == null ? null : tier.getError().getMessage());
        }
    }

    /** A dead letter, as the list of them shows it. */
    record DeadLetter(String type, @JsonUnwrapped Object letter) implements Line {}

    /** The last line: without it the export was cut off. */
    record End(String type, String namespace, String userId, Map<String, Long> counts) implements Line {}

    private static List<Origin> origins(List<SourceRef> sources) {
        return sources.stream()
                .map(source -> new Origin(source.getInteractionId(), source.getMessageId()))
                .toList();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
