package io.memoryreflector.streams.session;

import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.SessionEnded;
import io.memoryreflector.events.SessionSummary;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.reflection.session.SessionDigest;
import io.memoryreflector.reflection.session.SessionLine;
import io.memoryreflector.schemas.Ids;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.erasure.Handed;
import io.memoryreflector.state.SessionEntry;
import io.memoryreflector.state.SessionMemory;
import io.memoryreflector.state.SessionProgress;
import io.memoryreflector.streams.Raw;
import io.memoryreflector.streams.erasure.Forgotten;
import io.memoryreflector.streams.erasure.Purge;
import io.memoryreflector.streams.store.Expiry;
import io.memoryreflector.streams.store.Prefix;
import io.memoryreflector.streams.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Follows sessions. One is over when nothing of it has come for the idle gap, or when somebody says so; what comes later
 * opens it again and amends its summary, which keeps its id and gets the next revision. Belongs to one stream thread.
 */
public final class SessionProcessor implements Processor<String, Raw<SpecificRecord>, String, SessionSummary> {

    private static final String STAGE = "sessions";

    private static final Duration TICK = Duration.ofSeconds(1);

    /** After an end was announced, for the memories that are still being made. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private static final int AT_ONCE = 100;

    /** Sessions stand before all memories, since no user's key is empty: a start reads them and not the memories. */
    private static final Bytes SESSIONS = StoreKey.of("");

    private final String storeName;
    private final Duration idleGap;

    /** A session's end is moved in steps, so that a memory seldom costs more than its own entry. */
    private final Duration step;

    private final Duration retention;
    private final Forgotten forgotten;
    private final SessionDue due = new SessionDue();
    private ProcessorContext<String, SessionSummary> context;
    private KeyValueStore<Bytes, SessionEntry> store;

    /**
     * @param idleGap after which a session is over, by this machine's clock; up to a tenth of it less where many
     *     memories come in a short time
     * @param retention how long a session can still be amended
     */
    public SessionProcessor(String storeName, Duration idleGap, Duration retention, Forgotten forgotten) {
        this.forgotten = forgotten;
        this.storeName = storeName;
        this.idleGap = idleGap;
        this.step = idleGap.dividedBy(10);
        this.retention = retention;
    }

    @Override
    public void init(ProcessorContext<String, SessionSummary> context) {
        this.context = context;
        this.store = context.getStateStore(storeName);
        try (var sessions = store.prefixScan(SESSIONS, new BytesSerializer())) {
            sessions.forEachRemaining(session -> {
                if (session.value != null) {
                    due.set(session.key, session.value.getProgress().getDueAt());
                }
            });
        }
        Expiry.schedule(context, store, SessionProcessor::lastUse, retention);
        Purge.schedule(context, forgotten, STAGE, this::purge);
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<String, Raw<SpecificRecord>> record) {
        if (record.value() == null) {
            return;
        }
        var now = context.currentSystemTimeMs();
        if (record.value().value() instanceof SessionEnded ended) {
            end(new UserKey(ended.getNamespace(), ended.getUserId()).toString(), ended.getSessionId(), now);
        } else {
            SessionMemories.of(record.value().value())
                    .filter(of ->
                            !forgotten.drops(of.user(), () -> handed(of.user(), of.sessionId(), of.memory()), STAGE))
                    .ifPresent(of -> remember(of, now));
        }
    }

    private void end(String user, String sessionId, long now) {
        var key = sessionKey(user, sessionId);
        var progress = progress(key, sessionId, now);
        progress.setEnded(true);
        progress.setSeenAt(now);
        // Without anything new there is nothing to write.
        if (progress.getDueAt() > 0) {
            progress.setDueAt(now + LAST_WORDS.toMillis());
        }
        save(user, key, progress);
    }

    private void remember(SessionMemories.Of of, long now) {
        var memoryKey = StoreKey.of(of.user(), of.sessionId(), of.memory().getMemoryId());
        if (store.get(memoryKey) != null) {
            return;
        }
        store.put(memoryKey, new SessionEntry(of.user(), null, of.memory()));
        var key = sessionKey(of.user(), of.sessionId());
        if (due.timeOf(key) >= now + idleGap.minus(step).toMillis()) {
            return;
        }
        var progress = progress(key, of.sessionId(), now);
        progress.setSeenAt(now);
        progress.setDueAt(now + (progress.getEnded() ? LAST_WORDS : idleGap).toMillis());
        save(of.user(), key, progress);
    }

    private static Bytes sessionKey(String user, String sessionId) {
        return StoreKey.of("", user, sessionId);
    }

    private SessionProgress progress(Bytes key, String sessionId, long now) {
        var entry = store.get(key);
        return entry == null ? new SessionProgress(sessionId, false, 0L, now, 0) : entry.getProgress();
    }

    private void save(String user, Bytes key, SessionProgress progress) {
        store.put(key, new SessionEntry(user, progress, null));
        due.set(key, progress.getDueAt());
    }

    private void tick(long now) {
        for (var key : due.take(now, AT_ONCE)) {
            var entry = store.get(key);
            if (entry != null) {
                summarize(key, entry, now);
            }
        }
    }

    private void summarize(Bytes key, SessionEntry entry, long now) {
        var progress = entry.getProgress();
        var memories = memories(StoreKey.of(entry.getUserKey(), progress.getSessionId()));
        if (memories.isEmpty() && progress.getRevision() == 0) {
            store.delete(key);
            return;
        }
        progress.setDueAt(0L);
        progress.setRevision(progress.getRevision() + 1);
        context.forward(new Record<>(
                entry.getUserKey(), summary(UserKey.parse(entry.getUserKey()), progress, memories, now), now));
        if (memories.isEmpty()) {
            store.delete(key);
        } else {
            save(entry.getUserKey(), key, progress);
        }
    }

    /** A session that loses memories is summed up anew; one that loses all of them is told of by an empty summary. */
    private int purge(String user) {
        var gone = Prefix.matching(store, StoreKey.of(user), Purge.ENTRIES, entry -> isForgotten(user, entry));
        var now = context.currentSystemTimeMs();
        gone.forEach(entry -> store.delete(entry.key));
        gone.stream()
                .map(entry -> StoreKey.texts(entry.key).get(1))
                .distinct()
                .forEach(sessionId -> amend(user, sessionId, now));
        return gone.size();
    }

    private void amend(String user, String sessionId, long now) {
        var key = sessionKey(user, sessionId);
        var session = store.get(key);
        if (session == null) {
            return;
        }
        if (memories(StoreKey.of(user, sessionId)).isEmpty()) {
            due.set(key, 0);
            summarize(key, session, now);
        } else {
            session.getProgress().setDueAt(now + LAST_WORDS.toMillis());
            save(user, key, session.getProgress());
        }
    }

    private boolean isForgotten(String user, KeyValue<Bytes, SessionEntry> entry) {
        return entry.value == null
                || forgotten.covers(handed(user, StoreKey.texts(entry.key).get(1), entry.value.getMemory()));
    }

    private static Handed handed(String user, String sessionId, SessionMemory memory) {
        return new Handed(
                user,
                sessionId,
                memory.getSource(),
                memory.getSources().stream().map(SourceRef::getInteractionId).collect(Collectors.toUnmodifiableSet()),
                memory.getMemoryId(),
                memory.getRecordedAt());
    }

    /** The oldest first. */
    private List<SessionMemory> memories(Bytes session) {
        var memories = new ArrayList<SessionMemory>();
        try (var entries = store.prefixScan(session, new BytesSerializer())) {
            entries.forEachRemaining(entry -> {
                if (entry.value != null) {
                    memories.add(entry.value.getMemory());
                }
            });
        }
        memories.sort(Comparator.comparing(SessionMemory::getOccurredAt).thenComparing(SessionMemory::getMemoryId));
        return memories;
    }

    private static SessionSummary summary(
            UserKey user, SessionProgress progress, List<SessionMemory> memories, long now) {
        var digest = SessionDigest.of(memories.stream()
                .map(memory -> new SessionLine(
                        memory.getMemoryId(),
                        memory.getTier(),
                        memory.getText(),
                        memory.getImportance(),
                        memory.getOccurredAt()))
                .toList());
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

    private static long lastUse(SessionEntry entry) {
        return entry.getProgress() == null
                ? entry.getMemory().getRecordedAt().toEpochMilli()
                : entry.getProgress().getSeenAt();
    }
}
