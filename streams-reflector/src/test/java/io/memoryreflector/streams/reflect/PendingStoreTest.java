package io.memoryreflector.streams.reflect;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.schemas.serde.StateSerde;
import io.memoryreflector.state.PendingTask;
import io.memoryreflector.streams.store.StoreKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

class PendingStoreTest {

    /** One is the start of another, and some sort before the shorter ones: lengths come first in a key. */
    private static final List<String> USERS = List.of("d/a", "d/ab", "d/b", "d/ba", "d/ü", "d/z");

    @Property(tries = 500)
    void shouldTellOfEachTaskOnceInItsUsersOrderWhateverIsAddedMeanwhile(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 7) int stretch) {
        var random = new Random(seed);
        var store = store();
        var before = new PendingStore(store, (key, task) -> {});
        var number = 0;
        var expected = new HashMap<String, List<Long>>();
        for (var tasks = random.nextInt(40); tasks > 0; tasks--) {
            var user = USERS.get(random.nextInt(USERS.size()));
            var task = task(user, number++);
            var key = before.add(task);
            // Some are done before the stage opens anew.
            if (random.nextInt(4) == 0) {
                before.remove(key);
            } else {
                expected.computeIfAbsent(user, it -> new ArrayList<>()).add(task.getSourceOffset());
            }
        }

        var told = new HashMap<String, List<Long>>();
        var after = new PendingStore(store, (key, task) -> add(told, task));
        var added = new HashMap<String, List<Long>>();
        for (int step = 0; step < 60; step++) {
            if (random.nextBoolean()) {
                after.tellOn(stretch);
            } else {
                var user = USERS.get(random.nextInt(USERS.size()));
                after.tellAllOf(user);
                assertThat(told.getOrDefault(user, List.of())).isEqualTo(expected.getOrDefault(user, List.of()));
                var task = task(user, number++);
                after.add(task);
                add(added, task);
            }
        }
        for (int left = number; left >= 0; left--) {
            after.tellOn(stretch);
        }

        assertThat(told).isEqualTo(expected);
        added.forEach((user, tasks) ->
                expected.computeIfAbsent(user, it -> new ArrayList<>()).addAll(tasks));
        var toldAgain = new HashMap<String, List<Long>>();
        new PendingStore(store, (key, task) -> add(toldAgain, task)).tellOn(Integer.MAX_VALUE);
        assertThat(toldAgain).isEqualTo(expected);
    }

    @Property(tries = 20)
    void shouldTellNoMoreAtOnceThanItIsAskedFor(@ForAll @IntRange(min = 1, max = 10) int stretch) {
        var store = store();
        for (int number = 0; number < 10; number++) {
            store.put(StoreKey.of("d/a", number), task("d/a", number));
        }
        var told = new ArrayList<Bytes>();

        new PendingStore(store, (key, task) -> told.add(key)).tellOn(stretch);

        assertThat(told).hasSize(stretch);
    }

    private static void add(Map<String, List<Long>> byUser, PendingTask task) {
        byUser.computeIfAbsent(task.getRecordKey(), it -> new ArrayList<>()).add(task.getSourceOffset());
    }

    private static PendingTask task(String user, long number) {
        return PendingTask.newBuilder()
                .setSourceTopic("reflector.tasks.semantic")
                .setSourcePartition(0)
                .setSourceOffset(number)
                .setSourceTimestamp(0)
                .setRecordKey(user)
                .setValue(ByteBuffer.wrap(new byte[] {1}))
                .setPendingSince(number)
                .build();
    }

    private static KeyValueStore<Bytes, PendingTask> store() {
        var store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("pending"),
                        Serdes.Bytes(),
                        StateSerde.<PendingTask>of(PendingTask.SCHEMA$))
                .withLoggingDisabled()
                .build();
        var context = new MockProcessorContext<Object, Object>();
        store.init(context.getStateStoreContext(), store);
        return store;
    }
}
