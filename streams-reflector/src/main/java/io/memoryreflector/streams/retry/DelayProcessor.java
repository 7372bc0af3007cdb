package io.memoryreflector.streams.retry;

import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.Tier;
import io.memoryreflector.state.PendingTask;
import io.memoryreflector.streams.Origins;
import io.memoryreflector.streams.Raw;
import io.memoryreflector.streams.store.StoreKey;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Holds failed tasks in the order of their due times and sends each back to its lane when its time has come. A tick
 * reads from the earliest due time that is still there, so it passes neither over what waits nor over tombstones.
 */
public final class DelayProcessor implements Processor<String, Raw<ReflectionTask>, String, byte[]> {

    private static final Duration TICK = Duration.ofMillis(100);
    private static final int TASKS_PER_TICK = 1_000;

    private final String storeName;
    private final Map<Tier, String> lanes;
    private final Deserializer<ReflectionTask> deserializer;
    private ProcessorContext<String, byte[]> context;
    private KeyValueStore<Bytes, PendingTask> delayed;
    private Bytes earliest;

    /**
     * @param lanes the child that leads to each tier's lane
     * @param deserializer of the tasks; this processor's own
     */
    public DelayProcessor(String storeName, Map<Tier, String> lanes, Deserializer<ReflectionTask> deserializer) {
        this.storeName = storeName;
        this.lanes = lanes;
        this.deserializer = deserializer;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> context) {
        this.context = context;
        this.delayed = context.getStateStore(storeName);
        try (var entries = delayed.all()) {
            earliest = entries.hasNext() ? entries.peekNextKey() : null;
        }
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::sendDue);
    }

    @Override
    public void process(Record<String, Raw<ReflectionTask>> record) {
        if (record.value() == null) {
            return;
        }
        var now = context.currentSystemTimeMs();
        var task = record.value().value();
        var due = task.getNotBefore() == null ? now : task.getNotBefore().toEpochMilli();
        var key = StoreKey.of(
                due, record.key(), task.getInteractionId(), task.getTier().name());
        delayed.put(key, Origins.of(context, record, now));
        if (earliest == null || key.compareTo(earliest) < 0) {
            earliest = key;
        }
    }

    private void sendDue(long now) {
        if (earliest == null || StoreKey.leadingNumber(earliest) > now) {
            return;
        }
        try (var entries = delayed.range(earliest, null)) {
            for (int sent = 0; entries.hasNext(); sent++) {
                if (sent == TASKS_PER_TICK || StoreKey.leadingNumber(entries.peekNextKey()) > now) {
                    earliest = entries.peekNextKey();
                    return;
                }
                var entry = entries.next();
                send(entry.value);
                delayed.delete(entry.key);
            }
            earliest = null;
        }
    }

    private void send(PendingTask origin) {
        var value = Origins.bytes(origin.getValue());
        var tier = deserializer.deserialize(origin.getSourceTopic(), value).getTier();
        context.forward(
                new Record<>(
                        origin.getRecordKey(),
                        value,
                        origin.getSourceTimestamp(),
                        Origins.headers(origin.getHeaders())),
                lanes.get(tier));
    }
}
