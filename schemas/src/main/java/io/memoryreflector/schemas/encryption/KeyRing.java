package io.memoryreflector.schemas.encryption;

import io.memoryreflector.events.WrappedKey;
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
    private final Map<UUID, Locked> locked = new ConcurrentHashMap<>();
    private final Set<UUID> destroyed = Collections.synchronizedSet(Collections.newSetFromMap(bounded()));

    /** A key as it lies on the topic, which cannot be unwrapped for now. */
    record Locked(KeyId id, WrappedKey wrapped) {}

    /** The newest key of a user. */
    Optional<DataKey> newest(UserKey user) {
        return all(user).stream().max(Comparator.comparing(DataKey::createdAt).thenComparing(DataKey::id));
    }

    Optional<DataKey> find(UserKey user, UUID id) {
        return all(user).stream().filter(key -> key.id().equals(id)).findFirst();
    }

    /** A user's keys that were made up to a time, those too that cannot be unwrapped. */
    List<UUID> madeUpTo(UserKey user, Instant time) {
        var known =
                all(user).stream().filter(key -> !key.createdAt().isAfter(time)).map(DataKey::id);
        var unknown = locked.values().stream()
                .filter(key -> key.id().user().equals(user)
                        && !key.wrapped().getCreatedAt().isAfter(time))
                .map(key -> key.id().id());
        return Stream.concat(known, unknown).toList();
    }

    boolean isDestroyed(UUID id) {
        return destroyed.contains(id);
    }

    void put(UserKey user, DataKey key) {
        if (!isDestroyed(key.id())) {
            locked.remove(key.id());
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
    boolean locked(KeyId id, WrappedKey wrapped) {
        var first = locked.isEmpty();
        locked.put(id.id(), new Locked(id, wrapped));
        return first;
    }

    Optional<Locked> locked(UUID id) {
        return Optional.ofNullable(locked.get(id));
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
