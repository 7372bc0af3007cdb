package io.memoryreflector.schemas.encryption;

import io.memoryreflector.schemas.UserKey;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The users' keys that this process knows, in memory. A key that was destroyed never comes back, in whatever order its
 * records are seen. Thread-safe; nothing here waits.
 */
final class KeyRing {

    /** Destroyed keys that are known by id; for one that has fallen out the topic is asked again. */
    private static final int DESTROYED = 100_000;

    private final Map<UserKey, List<DataKey>> keys = new ConcurrentHashMap<>();
    private final Set<UUID> locked = ConcurrentHashMap.newKeySet();
    private final Set<UUID> destroyed = Collections.synchronizedSet(Collections.newSetFromMap(bounded()));

    /** The newest key of a user. */
    Optional<DataKey> newest(UserKey user) {
        return all(user).stream().max(Comparator.comparing(DataKey::createdAt).thenComparing(DataKey::id));
    }

    Optional<DataKey> find(UserKey user, UUID id) {
        return all(user).stream().filter(key -> key.id().equals(id)).findFirst();
    }

    /** A user's keys that were made up to a time. */
    List<DataKey> madeUpTo(UserKey user, Instant time) {
        return all(user).stream().filter(key -> !key.createdAt().isAfter(time)).toList();
    }

    boolean isDestroyed(UUID id) {
        return destroyed.contains(id);
    }

    void put(UserKey user, DataKey key) {
        if (!isDestroyed(key.id())) {
            keys.merge(user, List.of(key), (known, added) -> Stream.concat(
                            known.stream().filter(other -> !other.id().equals(key.id())), added.stream())
                    .toList());
        }
        // It may have been destroyed between the question and the putting.
        if (isDestroyed(key.id())) {
            take(user, key.id());
        }
    }

    void destroy(UserKey user, UUID id) {
        destroyed.add(id);
        locked.remove(id);
        take(user, id);
    }

    /** Notes a key that is there and cannot be unwrapped: it is not destroyed. Tells whether it is the first. */
    boolean locked(UUID id) {
        var first = locked.isEmpty();
        locked.add(id);
        return first;
    }

    boolean isLocked(UUID id) {
        return locked.contains(id);
    }

    /** Notes that nobody has the key any more, so that it is not asked for again. */
    void gone(UUID id) {
        destroyed.add(id);
    }

    private void take(UserKey user, UUID id) {
        keys.computeIfPresent(user, (key, known) -> {
            var left = known.stream().filter(other -> !other.id().equals(id)).toList();
            return left.isEmpty() ? null : left;
        });
    }

    private List<DataKey> all(UserKey user) {
        return keys.getOrDefault(user, List.of());
    }

    private static Map<UUID, Boolean> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
                return size() > DESTROYED;
            }
        };
    }
}
