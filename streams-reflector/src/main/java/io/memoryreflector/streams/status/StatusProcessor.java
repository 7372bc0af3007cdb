package io.memoryreflector.streams.status;

import io.memoryreflector.events.ReflectionOutcome;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.schemas.erasure.Handed;
import io.memoryreflector.streams.EarlyCommits;
import io.memoryreflector.streams.Raw;
import io.memoryreflector.streams.erasure.Forgotten;
import io.memoryreflector.streams.erasure.Purge;
import io.memoryreflector.streams.store.Expiry;
import io.memoryreflector.streams.store.Prefix;
import io.memoryreflector.streams.store.StoreKey;
import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Merges the lanes' outcomes of an interaction and emits each new status under the interaction's id, and a tombstone once
 * it is to be forgotten. Belongs to one stream thread.
 */
public final class StatusProcessor implements Processor<String, Raw<ReflectionOutcome>, String, ReflectionStatus> {

    private static final String STAGE = "status";

    private final String storeName;
    private final Duration retention;
    private final Forgotten forgotten;
    private final EarlyCommits commits;
    private ProcessorContext<String, ReflectionStatus> context;
    private KeyValueStore<Bytes, ReflectionStatus> statuses;

    /** @param retention how long a status can still be amended; longer than a dead letter is replayed */
    public StatusProcessor(String storeName, Duration retention, Forgotten forgotten, EarlyCommits commits) {
        this.storeName = storeName;
        this.forgotten = forgotten;
        this.retention = retention;
        this.commits = commits;
    }

    @Override
    public void init(ProcessorContext<String, ReflectionStatus> context) {
        this.context = context;
        this.statuses = context.getStateStore(storeName);
        Expiry.schedule(context, statuses, status -> status.getUpdatedAt().toEpochMilli(), retention);
        Purge.schedule(context, forgotten, STAGE, this::purge);
    }

    @Override
    public void process(Record<String, Raw<ReflectionOutcome>> record) {
        if (record.value() == null) {
            return;
        }
        var outcome = record.value().value();
        if (outcome.getInteractionId().isEmpty()) {
            // A session's, which is there for the budgets.
            return;
        }
        if (forgotten.drops(record.key(), () -> Handed.of(outcome), STAGE)) {
            return;
        }
        var key = StoreKey.of(outcome.getNamespace() + "/" + outcome.getUserId(), outcome.getInteractionId());
        var merged = StatusMerge.merge(statuses.get(key), outcome);
        statuses.put(key, merged);
        context.forward(record.withKey(outcome.getInteractionId()).withValue(merged));
        commits.wrote(context);
    }

    /** The compacted topic forgets by a record without a value. */
    private int purge(String user) {
        var gone = Prefix.matching(
                statuses,
                StoreKey.of(user),
                Purge.ENTRIES,
                entry -> entry.value == null || forgotten.covers(Handed.of(entry.value)));
        for (var entry : gone) {
            statuses.delete(entry.key);
            context.forward(new Record<>(StoreKey.texts(entry.key).get(1), null, context.currentSystemTimeMs()));
        }
        return gone.size();
    }
}
