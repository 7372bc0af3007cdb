package io.memoryreflector.streams.reflect;

import io.memoryreflector.state.PendingTask;
import io.memoryreflector.streams.store.Prefix;
import io.memoryreflector.streams.store.StoreKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The tasks of one partition of one lane that are accepted and not settled, in the order in which they came. Persistent
 * and changelogged: after a crash it is what there is to do. Belongs to one stream thread.
 */
final class PendingStore {

    private final KeyValueStore<Bytes, PendingTask> store;
    private long nextNumber;

    PendingStore(KeyValueStore<Bytes, PendingTask> store) {
        this.store = store;
    }

    /** Walks over what is there, each user's tasks in their order; to be called once, before anything is added. */
    void replay(BiConsumer<Bytes, PendingTask> visitor) {
        var unreadable = new ArrayList<Bytes>();
        try (var entries = store.all()) {
            while (entries.hasNext()) {
                var entry = entries.next();
                nextNumber = Math.max(nextNumber, StoreKey.trailingNumber(entry.key) + 1);
                if (entry.value == null) {
                    // Sealed with a key that is destroyed since.
                    unreadable.add(entry.key);
                } else {
                    visitor.accept(entry.key, entry.value);
                }
            }
        }
        unreadable.forEach(store::delete);
    }

    /** Stores a task behind all others of its user. */
    Bytes add(PendingTask task) {
        var key = StoreKey.of(task.getRecordKey(), nextNumber++);
        store.put(key, task);
        return key;
    }

    /** Null if it was taken away meanwhile, because it was to be forgotten. */
    PendingTask get(Bytes key) {
        return store.get(key);
    }

    /** Keeps a task where it is, changed. */
    void update(Bytes key, PendingTask task) {
        store.put(key, task);
    }

    /** Tasks of one user, those that match. */
    List<KeyValue<Bytes, PendingTask>> matching(String user, int limit, Predicate<PendingTask> wanted) {
        return Prefix.matching(
                store, StoreKey.of(user), limit, entry -> entry.value == null || wanted.test(entry.value));
    }

    void remove(Bytes key) {
        store.delete(key);
    }
}
