package io.memoryreflector.streams.store;

import java.time.Duration;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Deletes what a store has held for longer than its retention, a bounded stretch of keys a minute, so that no tick
 * scans the whole store. Belongs to one stream thread.
 */
public final class Expiry<V> {

    private static final int KEYS_PER_TICK = 5_000;
    private static final Duration TICK = Duration.ofMinutes(1);

    private final KeyValueStore<Bytes, V> store;
    private final ToLongFunction<V> lastUse;
    private final long retentionMs;
    private Bytes cursor;

    private Expiry(KeyValueStore<Bytes, V> store, ToLongFunction<V> lastUse, Duration retention) {
        this.store = store;
        this.lastUse = lastUse;
        this.retentionMs = retention.toMillis();
    }

    /**
     * Schedules the upkeep of a store.
     *
     * @param lastUse milliseconds since 1970 at which a value was last of use
     */
    public static <V> void schedule(
            ProcessingContext context, KeyValueStore<Bytes, V> store, ToLongFunction<V> lastUse, Duration retention) {
        var expiry = new Expiry<>(store, lastUse, retention);
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, expiry::tick);
    }

    private void tick(long now) {
        var read = 0;
        try (var entries = store.range(cursor, null)) {
            while (entries.hasNext() && read++ < KEYS_PER_TICK) {
                var entry = entries.next();
                cursor = entry.key;
                // Null is what nobody can read any more.
                if (entry.value == null || lastUse.applyAsLong(entry.value) < now - retentionMs) {
                    store.delete(entry.key);
                }
            }
            if (!entries.hasNext()) {
                cursor = null;
            }
        }
    }
}
