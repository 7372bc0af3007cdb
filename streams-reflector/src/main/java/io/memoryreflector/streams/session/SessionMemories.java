package io.memoryreflector.streams.session;

import io.memoryreflector.events.Episode;
import io.memoryreflector.events.Fact;
import io.memoryreflector.events.Procedure;
import io.memoryreflector.events.Source;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.events.Tier;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.state.SessionMemory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** Memories of every tier as a session keeps them: pure. */
final class SessionMemories {

    /** Enough for a line of a summary. */
    private static final int CHARACTERS = 300;

    private SessionMemories() {}

    /**
     * A memory and whose session it is of.
     *
     * @param user namespace/user_id
     */
    record Of(String user, String sessionId, SessionMemory memory) {}

    /** Empty for an event that is no memory, is held back, or is of no session. */
    static Optional<Of> of(SpecificRecord event) {
        Optional<Of> found = Optional.empty();
        if (event instanceof Episode episode && episode.getQuarantine() == null) {
            found = Optional.of(new Of(
                    user(episode.getNamespace(), episode.getUserId()),
                    episode.getSessionId(),
                    memory(
                            episode.getMemoryId(),
                            Tier.EPISODIC,
                            episode.getSummary(),
                            episode.getImportance(),
                            episode.getOccurredAt(),
                            episode.getRecordedAt(),
                            episode.getSource(),
                            episode.getSources())));
        } else if (event instanceof Fact fact && fact.getQuarantine() == null) {
            found = Optional.of(new Of(
                    user(fact.getNamespace(), fact.getUserId()),
                    fact.getSessionId(),
                    memory(
                            fact.getMemoryId(),
                            Tier.SEMANTIC,
                            fact.getStatement(),
                            fact.getImportance(),
                            fact.getOccurredAt(),
                            fact.getRecordedAt(),
                            fact.getSource(),
                            fact.getSources())));
        } else if (event instanceof Procedure procedure && procedure.getQuarantine() == null) {
            found = Optional.of(new Of(
                    user(procedure.getNamespace(), procedure.getUserId()),
                    procedure.getSessionId(),
                    memory(
                            procedure.getMemoryId(),
                            Tier.PROCEDURAL,
                            procedure.getInstruction(),
                            procedure.getImportance(),
                            procedure.getOccurredAt(),
                            procedure.getRecordedAt(),
                            procedure.getSource(),
                            procedure.getSources())));
        }
        return found.filter(of -> of.sessionId() != null);
    }

    private static SessionMemory memory(
            String id,
            Tier tier,
            String text,
            double importance,
            Instant occurredAt,
            Instant recordedAt,
            Source source,
            List<SourceRef> sources) {
        return new SessionMemory(id, tier, cut(text), importance, occurredAt, recordedAt, source, sources);
    }

    private static String cut(String text) {
        if (text.length() <= CHARACTERS) {
            return text;
        }
        var end = Character.isHighSurrogate(text.charAt(CHARACTERS - 1)) ? CHARACTERS - 1 : CHARACTERS;
        return text.substring(0, end);
    }

    private static String user(String namespace, String userId) {
        return new UserKey(namespace, userId).toString();
    }
}
