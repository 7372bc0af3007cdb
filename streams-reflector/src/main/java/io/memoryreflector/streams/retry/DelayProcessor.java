package io.memoryreflector.streams.retry;

import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.Tier;
import io.memoryreflector.schemas.HeaderNames;
import io.memoryreflector.schemas.encryption.KeyDestroyed;
import io.memoryreflector.schemas.erasure.Handed;
import io.memoryreflector.state.PendingTask;
import io.memoryreflector.streams.Origins;
import io.memoryreflector.streams.Raw;
import io.memoryreflector.streams.TaskCheck;
import io.memoryreflector.streams.deadletter.DeadLetters;
import io.memoryreflector.streams.erasure.Forgotten;
import io.memoryreflector.streams.erasure.Purge;
import io.memoryreflector.streams.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds failed tasks in the order of their due times and sends each back to its lane when its time has come, or when an
 * operator asks for it. A tick reads from the earliest due time that is still there, so it passes neither over what
 * waits nor over tombstones. What is to be forgotten leaves the store and goes nowhere. Belongs to one stream thread.
 */
public final class DelayProcessor implements Processor<String, Raw<ReflectionTask>, String, Object> {

    private static final Logger LOG = LoggerFactory.getLogger(DelayProcessor.class);
    private static final Duration TICK = Duration.ofMillis(100);
    private static final int TASKS_PER_TICK = 1_000;
    private static final String STAGE = "delay";

    private final String storeName;
    private final Map<Tier, String> lanes;
    private final String deadLetters;
    private final Forgotten forgotten;
    private final Deserializer<ReflectionTask> deserializer;
    private ProcessorContext<String, Object> context;
    private KeyValueStore<Bytes, PendingTask> delayed;
    private Bytes earliest;
    /** Whose tasks may be here, so that an erasure of somebody else costs nothing. */
    private Set<String> users;

    /**
     * @param lanes the child that leads to each tier's lane; takes bytes
     * @param deadLetters the child that takes dead letters
     * @param deserializer of the tasks that wait; this processor's own
     */
    public DelayProcessor(
            String storeName,
            Map<Tier, String> lanes,
            String deadLetters,
            Forgotten forgotten,
            Deserializer<ReflectionTask> deserializer) {
        this.storeName = storeName;
        this.lanes = lanes;
        this.deadLetters = deadLetters;
        this.forgotten = forgotten;
        this.deserializer = deserializer;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        this.context = context;
        this.delayed = context.getStateStore(storeName);
        this.users = new HashSet<>();
        try (var entries = delayed.all()) {
            earliest = entries.hasNext() ? entries.peekNextKey() : null;
            entries.forEachRemaining(entry -> {
                if (entry.value != null) {
                    users.add(entry.value.getRecordKey());
                }
            });
        }
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::sendDue);
        Purge.schedule(context, forgotten, STAGE, this::purge);
    }

    @Override
    public void process(Record<String, Raw<ReflectionTask>> record) {
        if (record.value() == null) {
            sendNow(record);
            return;
        }
        var now = context.currentSystemTimeMs();
        var task = record.value().value();
        var origin = Origins.of(context, record, now);
        try {
            TaskCheck.check(record.key(), task, lanes.keySet());
        } catch (IllegalArgumentException e) {
            context.forward(record.withValue(DeadLetters.refused(origin, Instant.ofEpochMilli(now), e)), deadLetters);
            return;
        }
        if (forgotten.drops(record.key(), () -> Handed.of(task), STAGE)) {
            return;
        }
        var due = task.getNotBefore() == null
                ? now
                : Math.max(0, task.getNotBefore().toEpochMilli());
        var key = key(new Delayed(task.getTier(), due, task.getInteractionId()), record.key());
        delayed.put(key, origin);
        users.add(record.key());
        if (earliest == null || key.compareTo(earliest) < 0) {
            earliest = key;
        }
    }

    /** A task that is not here may wait in its lane, which is asked too. */
    private void sendNow(Record<String, Raw<ReflectionTask>> record) {
        var header = record.headers().lastHeader(HeaderNames.RETRY_NOW);
        if (header == null || record.key() == null) {
            return;
        }
        try {
            var asked = Delayed.parse(header.value());
            var key = key(asked, record.key());
            var origin = delayed.delete(key);
            if (origin == null) {
                context.forward(record.withValue((Object) null), lanes.get(asked.tier()));
            } else {
                send(key, origin);
            }
        } catch (IllegalArgumentException e) {
            LOG.warn("an operator's record is passed over: {}", e.getMessage());
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
                if (entry.value != null) {
                    send(entry.key, entry.value);
                }
                delayed.delete(entry.key);
            }
            earliest = null;
            users.clear();
        }
    }

    /** Tasks stand here by their time and not by their user, so this looks at all of them. */
    private int purge(String user) {
        var gone = new ArrayList<Bytes>();
        if (!users.contains(user)) {
            return 0;
        }
        try (var entries = delayed.all()) {
            while (gone.size() < Purge.ENTRIES && entries.hasNext()) {
                var entry = entries.next();
                if (isForgotten(user, entry.value)) {
                    gone.add(entry.key);
                }
            }
        }
        gone.forEach(delayed::delete);
        return gone.size();
    }

    /** Also of a task that was sealed with a key that is destroyed. */
    private boolean isForgotten(String user, PendingTask origin) {
        try {
            return origin == null || user.equals(origin.getRecordKey()) && forgotten.covers(Handed.of(task(origin)));
        } catch (RuntimeException e) {
            if (KeyDestroyed.explains(e)) {
                return true;
            }
            throw e;
        }
    }

    private ReflectionTask task(PendingTask origin) {
        return deserializer.deserialize(origin.getSourceTopic(), Origins.bytes(origin.getValue()));
    }

    private void send(Bytes key, PendingTask origin) {
        var texts = StoreKey.textsAfterNumber(key);
        context.forward(
                new Record<>(
                        origin.getRecordKey(),
                        (Object) Origins.bytes(origin.getValue()),
                        origin.getSourceTimestamp(),
                        Origins.headers(origin.getHeaders())),
                lanes.get(Tier.valueOf(texts.get(texts.size() - 1))));
    }

    private static Bytes key(Delayed task, String recordKey) {
        return StoreKey.of(
                task.due(), recordKey, task.interactionId(), task.tier().name());
    }
}
