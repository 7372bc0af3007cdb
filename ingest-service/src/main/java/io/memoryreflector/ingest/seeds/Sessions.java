package io.memoryreflector.ingest.seeds;

import io.memoryreflector.ingest.seeds.HierarchyAnswer.Discrete;
import io.memoryreflector.ingest.seeds.HierarchyAnswer.Raw;
import io.memoryreflector.ingest.seeds.HierarchyAnswer.Session;
import io.memoryreflector.ingest.seeds.HierarchyAnswer.Summary;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.longterm.Memory;
import io.memoryreflector.store.longterm.NamespaceMemory.Owned;
import io.memoryreflector.store.longterm.SessionSummaries;
import io.memoryreflector.store.longterm.Transcripts.Said;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sorts memories and interactions into their sessions. For one thread. */
final class Sessions {

    private record Key(UserKey user, Optional<String> sessionId) {}

    private static final class Parts {
        private Optional<Summary> summary = Optional.empty();
        private final List<Discrete> discrete = new ArrayList<>();
        private final List<Raw> raw = new ArrayList<>();
        private Instant first = Instant.MAX;
        private Instant last = Instant.MIN;

        private void reach(Instant time) {
            first = time.isBefore(first) ? time : first;
            last = time.isAfter(last) ? time : last;
        }
    }

    private final Map<Key, Parts> parts = new LinkedHashMap<>();

    void add(SessionSummaries.Summary summary) {
        var session = of(summary.user(), Optional.of(summary.sessionId()));
        session.summary = Optional.of(Summary.of(summary));
        session.reach(summary.startedAt());
        session.reach(summary.endedAt());
    }

    void add(Owned<Memory> memory) {
        var session = of(memory.user(), memory.value().sessionId());
        session.discrete.add(Discrete.of(memory.value()));
        session.reach(memory.value().occurredAt());
    }

    void addRaw(Owned<Said> said) {
        var session = of(said.user(), said.value().sessionId());
        session.raw.add(Raw.of(said.value()));
        session.reach(said.value().occurredAt());
    }

    /** Each with its own oldest first, as a conversation is read. */
    List<Session> newestFirst() {
        return parts.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<Key, Parts> entry) -> entry.getValue().last)
                        .reversed())
                .map(entry -> session(entry.getKey(), entry.getValue()))
                .toList();
    }

    private Parts of(UserKey user, Optional<String> sessionId) {
        return parts.computeIfAbsent(new Key(user, sessionId), key -> new Parts());
    }

    private static Session session(Key key, Parts parts) {
        parts.discrete.sort(Comparator.comparing(Discrete::timestamp).thenComparing(Discrete::memoryId));
        parts.raw.sort(Comparator.comparing(Raw::timestamp).thenComparing(Raw::rawMemoryId));
        return new Session(
                key.sessionId().orElse(null),
                key.user().userId(),
                parts.first,
                parts.last,
                parts.summary.orElse(null),
                List.copyOf(parts.discrete),
                List.copyOf(parts.raw));
    }
}
