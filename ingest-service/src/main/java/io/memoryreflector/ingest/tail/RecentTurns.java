package io.memoryreflector.ingest.tail;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.events.Tier;
import io.memoryreflector.reflection.Speaker;
import io.memoryreflector.reflection.poison.Suspicion;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.erasure.Erasures;
import io.memoryreflector.schemas.erasure.Handed;
import io.memoryreflector.store.longterm.Memory;
import io.memoryreflector.store.shortterm.ShortTermMemory;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** A user's last turns: tier 1, and what this process has just taken, but nothing that was forgotten. Thread-safe. */
@Component
public final class RecentTurns {

    /** As many as tier 1 keeps. */
    private static final int MOST = 50;

    /** What is ranked of a long message. */
    private static final int MAX_TEXT = 4_000;

    private final ShortTermMemory shortTerm;
    private final LogTail tail;
    private final Erasures erasures;

    RecentTurns(ShortTermMemory shortTerm, LogTail tail, Erasures erasures) {
        this.shortTerm = shortTerm;
        this.tail = tail;
        this.erasures = erasures;
        erasures.onChange(user -> tail.forget(user, this::isForgotten));
    }

    /** All of them, by event time, the newest last. Each is there once. */
    public List<Interaction> of(UserKey user) {
        var turns = new LinkedHashMap<String, Interaction>();
        shortTerm.recent(user, Optional.empty(), MOST).forEach(turn -> turns.put(turn.getInteractionId(), turn));
        tail.of(user).forEach(turn -> turns.putIfAbsent(turn.getInteractionId(), turn));
        return turns.values().stream()
                .filter(turn -> !isForgotten(turn))
                .sorted(Comparator.comparing(Interaction::getOccurredAt))
                .toList();
    }

    /** The sink deletes it from tier 1 in a moment. What does not say when it was received is left to the sink. */
    private boolean isForgotten(Interaction turn) {
        return turn.getReceivedAt() != null && erasures.covers(Handed.of(turn, turn.getReceivedAt()));
    }

    /** The last of them. */
    public static List<Interaction> last(List<Interaction> turns, Optional<String> sessionId, int limit) {
        var matching = turns.stream()
                .filter(turn -> sessionId.isEmpty() || sessionId.get().equals(turn.getSessionId()))
                .toList();
        return matching.subList(Math.max(0, matching.size() - limit), matching.size());
    }

    /**
     * Their messages in the form of memories, of no tier and under no id that anybody could ask for; without those whose
     * memories will be held back.
     */
    public static List<Memory> asMemories(List<Interaction> turns) {
        return turns.stream()
                .filter(turn -> Suspicion.of(turn.getMessages()).isEmpty())
                .flatMap(turn -> turn.getMessages().stream().map(message -> memory(turn, message)))
                .toList();
    }

    private static Memory memory(Interaction turn, Message message) {
        var content = message.getContent();
        return new Memory(
                "turn " + turn.getInteractionId() + " " + message.getMessageId(),
                Tier.UNKNOWN,
                content.length() <= MAX_TEXT ? content : content.substring(0, MAX_TEXT),
                Optional.ofNullable(turn.getSessionId()),
                message.getSentAt(),
                turn.getReceivedAt() == null ? turn.getOccurredAt() : turn.getReceivedAt(),
                Optional.empty(),
                Optional.empty(),
                List.of(new SourceRef(turn.getInteractionId(), message.getMessageId())),
                turn.getSource(),
                "",
                1,
                0,
                new float[0],
                "",
                Optional.empty(),
                Optional.empty(),
                List.of(Speaker.name(message)),
                Optional.empty());
    }
}
