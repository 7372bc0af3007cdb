package io.memoryreflector.client.sending;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.memoryreflector.client.OperationId;
import java.time.Duration;

/**
 * The last operations by what makes a repeat of them: bounded, least recently used first out, each for a time. What was
 * dropped or refused is forgotten, so that it can be handed over again. Thread-safe.
 */
public final class Repeats {

    private final Cache<Object, OperationId> known;

    public Repeats(int entries, Duration ttl) {
        this.known = Caffeine.newBuilder()
                .maximumSize(entries)
                .expireAfterWrite(ttl)
                // Evicted by whoever writes: a common pool is not ours to fill.
                .executor(Runnable::run)
                .build();
    }

    /** The operation that this one repeats; null where there is none, and then this one is known from now on. */
    public OperationId firstOf(Object key, OperationId id) {
        return known.asMap().putIfAbsent(key, id);
    }

    /** Forgets an operation. */
    public void forget(Object key) {
        known.invalidate(key);
    }
}
