package io.memoryreflector.client.chat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;

/**
 * Finds what is new in windows of messages that chat memories write whole each time. A message is known where it is the
 * very object that was there before, so that the same words twice are two messages; where no object is the same, because
 * another thread has read meanwhile or the application has made the window anew, it is compared with the one before by
 * what was said. Thread-safe.
 *
 * @param <M> the framework's message
 */
public final class Windows<M> {

    /** A conversation that is no longer among these is read from its store again. */
    private static final int CONVERSATIONS = 10_000;

    private final Cache<Object, List<M>> last =
            Caffeine.newBuilder().maximumSize(CONVERSATIONS).build();

    /** Remembers the window that the store has. */
    public List<M> read(Object conversation, List<M> window) {
        last.put(conversation, List.copyOf(window));
        return window;
    }

    /**
     * What a new window has that the one before had not, in order.
     *
     * @param stored the window before, where none is remembered
     */
    public List<M> appended(Object conversation, List<M> window, Supplier<List<M>> stored) {
        var remembered = last.getIfPresent(conversation);
        var before = remembered == null ? stored.get() : remembered;
        var known = Collections.<M>newSetFromMap(new IdentityHashMap<>());
        known.addAll(before);
        var appended =
                window.stream().filter(message -> !known.contains(message)).toList();
        return appended.size() == window.size() ? window.subList(overlap(before, window), window.size()) : appended;
    }

    /** Forgets a conversation. */
    public void forget(Object conversation) {
        last.invalidate(conversation);
    }

    /** How many messages at the end of the one stand at the beginning of the other. */
    private static <M> int overlap(List<M> before, List<M> window) {
        for (var length = Math.min(before.size(), window.size()); length > 0; length--) {
            if (before.subList(before.size() - length, before.size()).equals(window.subList(0, length))) {
                return length;
            }
        }
        return 0;
    }
}
