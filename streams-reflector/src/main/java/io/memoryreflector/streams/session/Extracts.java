package io.memoryreflector.streams.session;

import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.SessionSummary;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.reflection.session.SessionDigest;
import io.memoryreflector.reflection.session.SessionLine;
import io.memoryreflector.schemas.Ids;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.state.SessionMemory;
import io.memoryreflector.state.SessionProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;

/** Sessions in short, as an extract of their memories: pure. */
final class Extracts {

    private Extracts() {}

    /** What each memory says. */
    static List<SessionLine> lines(List<SessionMemory> memories) {
        return memories.stream()
                .map(memory -> new SessionLine(
                        memory.getMemoryId(),
                        memory.getTier(),
                        memory.getText(),
                        memory.getImportance(),
                        memory.getOccurredAt(),
                        memory.getSources()))
                .toList();
    }

    /**
     * The summary of a session; without words where it has no memories.
     *
     * @param memories the oldest first
     * @param now in milliseconds since 1970, where there is nothing to take a time from
     */
    static SessionSummary summary(UserKey user, SessionProgress progress, List<SessionMemory> memories, long now) {
        var digest = SessionDigest.of(lines(memories));
        var chosen = new HashSet<>(digest.chosen());
        var sources = new LinkedHashSet<SourceRef>();
        var interactions = new HashSet<String>();
        for (var memory : memories) {
            memory.getSources().forEach(source -> interactions.add(source.getInteractionId()));
            if (chosen.contains(memory.getMemoryId())) {
                sources.addAll(memory.getSources());
            }
        }
        return SessionSummary.newBuilder()
                .setMemoryId(Ids.nameBased("session", user.toString(), progress.getSessionId()))
                .setNamespace(user.namespace())
                .setUserId(user.userId())
                .setSessionId(progress.getSessionId())
                .setOccurredAt(last(memories, now))
                .setRecordedAt(memories.stream()
                        .map(SessionMemory::getRecordedAt)
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.ofEpochMilli(now)))
                .setSources(new ArrayList<>(sources))
                .setReflector(new ReflectorVersion(SessionDigest.NAME, SessionDigest.VERSION, null))
                .setSummary(digest.text())
                .setStartedAt(
                        memories.isEmpty()
                                ? Instant.ofEpochMilli(now)
                                : memories.get(0).getOccurredAt())
                .setEndedAt(last(memories, now))
                .setInteractionCount(interactions.size())
                .setMemoryIds(memories.stream().map(SessionMemory::getMemoryId).toList())
                .setRevision(progress.getRevision())
                .build();
    }

    private static Instant last(List<SessionMemory> memories, long now) {
        return memories.isEmpty()
                ? Instant.ofEpochMilli(now)
                : memories.get(memories.size() - 1).getOccurredAt();
    }
}
