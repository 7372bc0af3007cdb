package io.memoryreflector.streams.reflect;

import io.memoryreflector.state.PendingTask;
import io.memoryreflector.streams.store.Prefix;
import io.memoryreflector.streams.store.StoreKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The tasks of one partition of one lane that are accepted and not settled, in the order in which they came. Persistent
 * and changelogged: after a crash it is what there is to do, and is told again a stretch at a time, so that a million
 * tasks keep nobody from beginning. Whoever is about to add a task of a user, or asks whether they have one, has that user
 * told first. Belongs to one stream thread.
 */
final class PendingStore {

    private final KeyValueStore<Bytes, PendingTask> store;
    private final BiConsumer<Bytes, PendingTask> visitor;

    /** Those who were told before it was their turn, and may have added to it since: passed over when it is. */
    private final Set<String> toldAhead = new HashSet<>();

    /** Up to here, in the order of the keys, all is told; null before the first. */
    private Bytes told;

    private boolean allTold;
    private long nextNumber;

    /** @param visitor is told of each task that is there already, once, each user's in their order */
    PendingStore(KeyValueStore<Bytes, PendingTask> store, BiConsumer<Bytes, PendingTask> visitor) {
        this.store = store;
        this.visitor = visitor;
    }

    /** Tells of the next tasks, and of no more than this number; nothing once all are told. */
    void tellOn(int most) {
        if (allTold) {
            return;
        }
        var unreadable = new ArrayList<Bytes>();
        try (var entries = store.range(told, null)) {
            for (int left = most; left > 0 && entries.hasNext(); ) {
                var entry = entries.next();
                if (!entry.key.equals(told)) {
                    told = entry.key;
                    tell(entry, unreadable);
                    left--;
                }
            }
            allTold = !entries.hasNext();
        }
        if (allTold) {
            toldAhead.clear();
        }
        unreadable.forEach(store::delete);
    }

    /** Tells of all of this user's tasks that are not told yet. */
    void tellAllOf(String user) {
        if (allTold
                || toldAhead.contains(user)
                || told != null && told.compareTo(StoreKey.of(user, Long.MAX_VALUE)) >= 0) {
            return;
        }
        var unreadable = new ArrayList<Bytes>();
        for (var entry : Prefix.matching(
                store, StoreKey.of(user), Integer.MAX_VALUE, entry -> told == null || entry.key.compareTo(told) > 0)) {
            tell(entry, unreadable);
        }
        toldAhead.add(user);
        unreadable.forEach(store::delete);
    }

    private void tell(KeyValue<Bytes, PendingTask> entry, List<Bytes> unreadable) {
        nextNumber = Math.max(nextNumber, StoreKey.trailingNumber(entry.key) + 1);
        if (entry.value == null) {
            // Sealed with a key that is destroyed since.
            unreadable.add(entry.key);
        } else if (!toldAhead.contains(entry.value.getRecordKey())) {
            visitor.accept(entry.key, entry.value);
        }
    }

    /** Stores a task behind all others of its user, all of whom are told. */
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
