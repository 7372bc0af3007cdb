package io.memoryreflector.streams.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/** A store's entries whose keys begin with the same texts. Belongs to one stream thread. */
public final class Prefix {

    private Prefix() {}

    /** The first entries that match, collected, so that the caller may change the store. */
    public static <V> List<KeyValue<Bytes, V>> matching(
            KeyValueStore<Bytes, V> store, Bytes prefix, int limit, Predicate<KeyValue<Bytes, V>> wanted) {
        var found = new ArrayList<KeyValue<Bytes, V>>();
        try (var entries = store.prefixScan(prefix, new BytesSerializer())) {
            while (found.size() < limit && entries.hasNext()) {
                var entry = entries.next();
                if (wanted.test(entry)) {
                    found.add(entry);
                }
            }
        }
        return found;
    }
}
