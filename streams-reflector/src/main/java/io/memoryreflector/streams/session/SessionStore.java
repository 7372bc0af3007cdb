package io.memoryreflector.streams.session;

import io.memoryreflector.events.SourceRef;
import io.memoryreflector.schemas.erasure.Handed;
import io.memoryreflector.state.SessionEntry;
import io.memoryreflector.state.SessionMemory;
import io.memoryreflector.state.SessionProgress;
import io.memoryreflector.streams.store.Prefix;
import io.memoryreflector.streams.store.StoreKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/** The sessions of one partition that are followed, and their memories. Belongs to one stream thread. */
final class SessionStore {

    /** Sessions stand before all memories, since no user's key is empty: a start reads them and not the memories. */
    private static final Bytes SESSIONS = StoreKey.of("");

    private final KeyValueStore<Bytes, SessionEntry> store;

    SessionStore(KeyValueStore<Bytes, SessionEntry> store) {
        this.store = store;
    }

    /** The key of a session. */
    static Bytes key(String user, String sessionId) {
        return StoreKey.of("", user, sessionId);
    }

    /** Walks over the sessions, not the memories. */
    void each(BiConsumer<Bytes, SessionProgress> visitor) {
        try (var sessions = store.prefixScan(SESSIONS, new BytesSerializer())) {
            sessions.forEachRemaining(session -> {
                if (session.value != null) {
                    visitor.accept(session.key, session.value.getProgress());
                }
            });
        }
    }

    /** The session; null if there is none, or nobody can read it any more. */
    SessionEntry get(Bytes key) {
        return store.get(key);
    }

    void put(String user, Bytes key, SessionProgress progress) {
        store.put(key, new SessionEntry(user, progress, null));
    }

    void delete(Bytes key) {
        store.delete(key);
    }

    /** Keeps a memory; false if it is here already. */
    boolean add(SessionMemories.Of of) {
        var key = StoreKey.of(of.user(), of.sessionId(), of.memory().getMemoryId());
        if (store.get(key) != null) {
            return false;
        }
        store.put(key, new SessionEntry(of.user(), null, of.memory()));
        return true;
    }

    /** A session's memories, the oldest first. */
    List<SessionMemory> memories(String user, String sessionId) {
        var memories = new ArrayList<SessionMemory>();
        try (var entries = store.prefixScan(StoreKey.of(user, sessionId), new BytesSerializer())) {
            entries.forEachRemaining(entry -> {
                if (entry.value != null) {
                    memories.add(entry.value.getMemory());
                }
            });
        }
        memories.sort(Comparator.comparing(SessionMemory::getOccurredAt).thenComparing(SessionMemory::getMemoryId));
        return memories;
    }

    /**
     * Deletes memories of a user.
     *
     * @param forgotten what is deleted, beside what nobody can read any more
     * @return the session of each
     */
    List<String> forget(String user, int limit, Predicate<Handed> forgotten) {
        var gone = Prefix.matching(
                store,
                StoreKey.of(user),
                limit,
                entry ->
                        entry.value == null || forgotten.test(handed(user, sessionId(entry), entry.value.getMemory())));
        gone.forEach(entry -> store.delete(entry.key));
        return gone.stream().map(SessionStore::sessionId).toList();
    }

    private static String sessionId(KeyValue<Bytes, SessionEntry> memory) {
        return StoreKey.texts(memory.key).get(1);
    }

    /** What an erasure is asked about. */
    static Handed handed(String user, String sessionId, SessionMemory memory) {
        Set<String> interactions =
                memory.getSources().stream().map(SourceRef::getInteractionId).collect(Collectors.toUnmodifiableSet());
        return new Handed(
                user, sessionId, memory.getSource(), interactions, memory.getMemoryId(), memory.getRecordedAt());
    }
}
