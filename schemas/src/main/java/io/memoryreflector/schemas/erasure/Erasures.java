package io.memoryreflector.schemas.erasure;

import io.memoryreflector.events.ErasureScope;
import io.memoryreflector.events.UserForgotten;
import io.memoryreflector.schemas.UserKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The erasures that are known, and the one rule: an erasure takes what was handed over up to its time, whatever comes
 * when. Of two that forget the same thing the later time counts, so their order does not matter. Thread-safe.
 */
public final class Erasures {

    private static final String ALL = "";

    private record Target(ErasureScope scope, String id) {}

    private final Map<String, Map<Target, Instant>> byUser = new ConcurrentHashMap<>();
    private final Map<String, UserForgotten> byId = new ConcurrentHashMap<>();
    private final List<String> changes = new ArrayList<>();
    private final List<Consumer<UserKey>> listeners = new CopyOnWriteArrayList<>();

    /**
     * Users of whom more was to be forgotten since an earlier look, the earliest first; a user may be there twice.
     *
     * @param next where the next look begins
     */
    public record Changes(List<String> users, int next) {}

    /** Tells of each further erasure, on the thread that adds it. */
    public void onChange(Consumer<UserKey> listener) {
        listeners.add(listener);
    }

    /** Takes in an erasure; false if it changes nothing, or its scope is not known to this version. */
    public boolean add(UserForgotten event) {
        if (byId.putIfAbsent(event.getErasureId(), event) != null) {
            return false;
        }
        var user = new UserKey(event.getNamespace(), event.getUserId());
        return add(user, event.getScope(), event.getTargetId(), event.getErasedAt());
    }

    /**
     * Takes in what an erasure says.
     *
     * @param targetId null where everything is forgotten
     */
    public boolean add(UserKey user, ErasureScope scope, String targetId, Instant erasedAt) {
        if (scope == ErasureScope.UNKNOWN || scope != ErasureScope.USER && targetId == null) {
            return false;
        }
        synchronized (changes) {
            var until = byUser.computeIfAbsent(user.toString(), key -> new ConcurrentHashMap<>());
            var target = target(scope, targetId);
            var before = until.get(target);
            if (before != null && !before.isBefore(erasedAt)) {
                return false;
            }
            until.put(target, erasedAt);
            changes.add(user.toString());
        }
        listeners.forEach(listener -> listener.accept(user));
        return true;
    }

    /** Whether anything of this user, by record key, was ever to be forgotten. */
    public boolean touches(String user) {
        return byUser.containsKey(user);
    }

    /** Whether it has to be forgotten. */
    public boolean covers(Handed handed) {
        return !handed.recordedAt().isAfter(until(handed));
    }

    /** Up to when things like this have to be forgotten; {@link Instant#MIN} if they need not. */
    public Instant until(Handed handed) {
        var targets = byUser.get(handed.user());
        if (targets == null) {
            return Instant.MIN;
        }
        var until = at(targets, ErasureScope.USER, ALL);
        if (handed.sessionId() != null) {
            until = later(until, at(targets, ErasureScope.SESSION, handed.sessionId()));
        }
        until = later(until, at(targets, ErasureScope.SOURCE, handed.source().name()));
        if (handed.memoryId() != null) {
            until = later(until, at(targets, ErasureScope.MEMORY, handed.memoryId()));
        }
        return later(until, ofAll(targets, handed.interactionIds()));
    }

    /** Up to when everything of a user has to be forgotten; {@link Instant#MIN} if it need not. */
    public Instant untilOf(UserKey user) {
        return at(byUser.getOrDefault(user.toString(), Map.of()), ErasureScope.USER, ALL);
    }

    /** When what a context may hold of this user, by record key, was last to be forgotten; empty if never. */
    public Optional<Instant> lastOf(String user) {
        return byUser.getOrDefault(user, Map.of()).entrySet().stream()
                .filter(entry -> entry.getKey().scope() != ErasureScope.MEMORY)
                .map(Map.Entry::getValue)
                .max(Instant::compareTo);
    }

    /** The ids of those parts of a user, by record key, that an erasure of this scope names. */
    public Collection<String> targets(String user, ErasureScope scope) {
        return byUser.getOrDefault(user, Map.of()).keySet().stream()
                .filter(target -> target.scope() == scope)
                .map(Target::id)
                .toList();
    }

    /** The erasure with this id, if it was read. */
    public Optional<UserForgotten> find(String erasureId) {
        return Optional.ofNullable(byId.get(erasureId));
    }

    /** Where a look that wants nothing of the past begins. */
    public int now() {
        synchronized (changes) {
            return changes.size();
        }
    }

    /**
     * What has changed since an earlier look.
     *
     * @param from 0 at the first look
     * @param limit of users
     */
    public Changes changesSince(int from, int limit) {
        synchronized (changes) {
            var to = Math.min(changes.size(), from + limit);
            return new Changes(List.copyOf(changes.subList(from, to)), to);
        }
    }

    /** What rests on several interactions goes with the last of them. */
    private static Instant ofAll(Map<Target, Instant> targets, Collection<String> interactionIds) {
        var until = (Instant) null;
        for (var id : interactionIds) {
            var at = at(targets, ErasureScope.INTERACTION, id);
            until = until == null || at.isBefore(until) ? at : until;
        }
        return until == null ? Instant.MIN : until;
    }

    private static Target target(ErasureScope scope, String id) {
        return switch (scope) {
            case USER -> new Target(scope, ALL);
            case SOURCE -> new Target(scope, id.toUpperCase(Locale.ROOT));
            case SESSION, INTERACTION, MEMORY, UNKNOWN -> new Target(scope, id);
        };
    }

    private static Instant at(Map<Target, Instant> targets, ErasureScope scope, String id) {
        return targets.getOrDefault(new Target(scope, id), Instant.MIN);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
