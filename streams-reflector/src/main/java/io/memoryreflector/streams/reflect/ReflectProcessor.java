package io.memoryreflector.streams.reflect;

import io.memoryreflector.events.ReflectionOutcome;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.TierStatus;
import io.memoryreflector.reflection.Reflection;
import io.memoryreflector.reflection.ReflectionFailure;
import io.memoryreflector.reflection.Reflector;
import io.memoryreflector.state.PendingTask;
import io.memoryreflector.streams.Origins;
import io.memoryreflector.streams.Raw;
import io.memoryreflector.streams.metrics.LaneMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The stream thread's side of the asynchronous reflect stage of one lane and partition.
 *
 * <p>A task is put into the persistent pending store, and its call starts as soon as a permit is free and no other call
 * of its user is under way. Calls come back on a queue, which {@link #process} and a short punctuation drain: results
 * are forwarded and the pending entry is deleted in the same transaction, in that order, so that a throw downstream
 * keeps the entry. A reflector that answers at once skips the store.
 *
 * <p>Threading: all methods belong to the stream thread. Only the completion queue and the permits are touched by
 * others. Each {@link #init} has a queue of its own, so a call that outlives its task comes back to nobody, while the
 * pending store still knows the task.
 */
public final class ReflectProcessor<M extends SpecificRecord>
        implements Processor<String, Raw<ReflectionTask>, String, SpecificRecord>, LaneMetrics.Stage {

    /** Longest time that a completion waits on an idle stage; needs {@code poll.ms} of the same order. */
    static final Duration TICK = Duration.ofMillis(10);

    private static final long OLDEST_EVERY_MS = 1_000;

    /**
     * The stage's surroundings in the topology, by name.
     *
     * @param pendingStore of {@code PendingTask}
     * @param memories child that takes the memory events
     * @param retry child that takes tasks to be tried again
     * @param deadLetters child that takes dead letters
     * @param outcomes child that takes outcomes
     */
    public record Nodes(String pendingStore, String memories, String retry, String deadLetters, String outcomes) {}

    /**
     * What all stages of a process share.
     *
     * @param batchSize {@code REFLECTION_BATCH_SIZE}: tasks of one user in one call
     * @param timeout {@code REFLECTION_TIMEOUT} of one call
     * @param executor starts the calls; never runs out while permits hold
     */
    public record Shared(
            int batchSize, Duration timeout, FailurePolicy failurePolicy, Permits permits, Executor executor) {}

    private final Nodes nodes;
    private final Shared shared;
    private final Reflector<M> reflector;
    private final ReflectorCalls<M> calls;
    private final Deserializer<ReflectionTask> deserializer;
    private final LaneMetrics metrics;

    private ProcessorContext<String, SpecificRecord> context;
    private PendingStore pending;
    private TaskScheduler<Bytes> scheduler;
    private Queue<Completion<M>> completions;
    private long pausedUntil;
    private long oldestReadAt;
    private int running;

    private volatile int pendingCount;
    private volatile long oldestSince;

    /** @param deserializer of the pending tasks' bytes; this processor's own */
    public ReflectProcessor(
            Nodes nodes,
            Shared shared,
            Reflector<M> reflector,
            Deserializer<ReflectionTask> deserializer,
            LaneMetrics metrics) {
        this.nodes = nodes;
        this.shared = shared;
        this.reflector = reflector;
        this.calls = new ReflectorCalls<>(reflector, shared.executor(), shared.timeout());
        this.deserializer = deserializer;
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        this.context = context;
        this.completions = new ConcurrentLinkedQueue<>();
        this.scheduler = new TaskScheduler<>();
        this.pending = new PendingStore(context.getStateStore(nodes.pendingStore()));
        this.pausedUntil = 0;
        this.running = 0;
        pending.replay(
                (key, task) -> scheduler.add(task.getRecordKey(), key, task.getPriority(), task.getPendingSince()));
        publish(context.currentSystemTimeMs());
        metrics.opened(this);
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<String, Raw<ReflectionTask>> record) {
        var now = context.currentSystemTimeMs();
        drain(now);
        if (record.value() == null) {
            return;
        }
        var task = record.value().value();
        var origin = Origins.of(context, record, now);
        if (calls.immediate() && scheduler.isFree(record.key()) && now >= pausedUntil) {
            processNow(origin, task, now);
        } else {
            enqueue(origin, task);
        }
        dispatch(now);
        pendingCount = scheduler.waiting() + running;
    }

    @Override
    public void close() {
        metrics.closed(this);
    }

    @Override
    public int pending() {
        return pendingCount;
    }

    @Override
    public long oldestPendingSince() {
        return oldestSince;
    }

    private void tick(long now) {
        drain(now);
        dispatch(now);
        publish(now);
    }

    private void processNow(PendingTask origin, ReflectionTask task, long now) {
        var started = System.nanoTime();
        var reflection = calls.now(List.of(task));
        var took = Duration.ofNanos(System.nanoTime() - started);
        metrics.took(took);
        if (reflection instanceof Reflection.Reflected<M> reflected) {
            complete(origin, task, reflected.memories().get(0), took, now);
        } else if (reflection instanceof Reflection.Failed<M> failed) {
            if (failed.failure() instanceof ReflectionFailure.ProviderDown down) {
                pausedUntil = now + down.retryAfter().toMillis();
                enqueue(origin, task);
            } else {
                fail(origin, task, failed.failure(), took, now);
            }
        }
    }

    private void enqueue(PendingTask origin, ReflectionTask task) {
        origin.setPriority(task.getPriority());
        var key = pending.add(origin);
        scheduler.add(origin.getRecordKey(), key, task.getPriority(), origin.getPendingSince());
    }

    private void dispatch(long now) {
        while (now >= pausedUntil && scheduler.waiting() > 0 && shared.permits().tryAcquire()) {
            var batch = scheduler.next(shared.batchSize());
            if (batch.isEmpty()) {
                shared.permits().release();
                return;
            }
            start(batch.get());
        }
    }

    private void start(TaskScheduler.Batch<Bytes> batch) {
        var tasks = new ArrayList<ReflectionTask>(batch.keys().size());
        for (var key : batch.keys()) {
            tasks.add(decode(pending.get(key)));
        }
        var backTo = completions;
        running += tasks.size();
        metrics.callStarted();
        calls.start(tasks, (reflection, took) -> {
            shared.permits().release();
            metrics.callEnded();
            backTo.add(new Completion<>(batch, reflection, took));
        });
    }

    private void drain(long now) {
        for (var completion = completions.poll(); completion != null; completion = completions.poll()) {
            running -= completion.batch().keys().size();
            metrics.took(completion.took());
            settle(completion, now);
        }
    }

    private void settle(Completion<M> completion, long now) {
        var batch = completion.batch();
        if (completion.reflection() instanceof Reflection.Reflected<M> reflected) {
            for (int i = 0; i < batch.keys().size(); i++) {
                var origin = pending.get(batch.keys().get(i));
                complete(origin, decode(origin), reflected.memories().get(i), completion.took(), now);
                pending.remove(batch.keys().get(i));
            }
            scheduler.done(batch.user());
        } else if (completion.reflection() instanceof Reflection.Failed<M> failed) {
            settleFailure(batch, failed.failure(), completion.took(), now);
        }
    }

    private void settleFailure(TaskScheduler.Batch<Bytes> batch, ReflectionFailure failure, Duration took, long now) {
        if (failure instanceof ReflectionFailure.ProviderDown down) {
            pausedUntil = now + down.retryAfter().toMillis();
            scheduler.putBack(batch.user(), false);
        } else if (failure instanceof ReflectionFailure.Permanent
                && batch.keys().size() > 1) {
            scheduler.putBack(batch.user(), true);
        } else {
            for (var key : batch.keys()) {
                var origin = pending.get(key);
                fail(origin, decode(origin), failure, took, now);
                pending.remove(key);
            }
            scheduler.done(batch.user());
        }
    }

    private void complete(PendingTask origin, ReflectionTask task, List<M> memories, Duration took, long now) {
        var ids = new ArrayList<String>(memories.size());
        for (var memory : memories) {
            ids.add(memory.get(memory.getSchema().getField("memory_id").pos()).toString());
            forward(origin, memory, nodes.memories());
        }
        var status = tierStatus(task, ReflectionState.COMPLETED, took, now)
                .setMemoryIds(ids)
                .build();
        forward(origin, outcome(task, status), nodes.outcomes());
        metrics.settled("completed", Duration.between(task.getRecordedAt(), Instant.ofEpochMilli(now)));
    }

    private void fail(PendingTask origin, ReflectionTask task, ReflectionFailure failure, Duration took, long now) {
        var decision = shared.failurePolicy().decide(origin, task, failure, Instant.ofEpochMilli(now));
        if (decision instanceof FailurePolicy.Retry retry) {
            forward(origin, retry.task(), nodes.retry());
            var status = tierStatus(task, ReflectionState.RETRYING, took, now)
                    .setNextAttemptAt(retry.task().getNotBefore())
                    .setError(retry.task().getLastError())
                    .build();
            forward(origin, outcome(task, status), nodes.outcomes());
            metrics.retried();
        } else if (decision instanceof FailurePolicy.Park park) {
            forward(origin, park.deadLetter(), nodes.deadLetters());
            var status = tierStatus(task, ReflectionState.FAILED, took, now)
                    .setError(park.deadLetter().getLastFailure())
                    .build();
            forward(origin, outcome(task, status), nodes.outcomes());
            metrics.parked(park.deadLetter().getReason());
            metrics.settled("failed", Duration.between(task.getRecordedAt(), Instant.ofEpochMilli(now)));
        }
    }

    private TierStatus.Builder tierStatus(ReflectionTask task, ReflectionState state, Duration took, long now) {
        return TierStatus.newBuilder()
                .setTier(reflector.tier())
                .setState(state)
                .setAttempts(task.getAttempt() + 1)
                .setReflector(reflector.version())
                .setTookMs(took.toMillis())
                .setUpdatedAt(Instant.ofEpochMilli(now));
    }

    private static ReflectionOutcome outcome(ReflectionTask task, TierStatus status) {
        return ReflectionOutcome.newBuilder()
                .setInteractionId(task.getInteractionId())
                .setNamespace(task.getNamespace())
                .setUserId(task.getUserId())
                .setSessionId(task.getSessionId())
                .setOccurredAt(task.getOccurredAt())
                .setReceivedAt(task.getRecordedAt())
                .setTier(status)
                .build();
    }

    /** Key, headers and time come from the pending entry: inside a punctuation the context has none. */
    private void forward(PendingTask origin, SpecificRecord value, String child) {
        context.forward(
                new Record<>(
                        origin.getRecordKey(),
                        value,
                        origin.getSourceTimestamp(),
                        Origins.headers(origin.getHeaders())),
                child);
    }

    private ReflectionTask decode(PendingTask origin) {
        return deserializer.deserialize(origin.getSourceTopic(), Origins.bytes(origin.getValue()));
    }

    private void publish(long now) {
        pendingCount = scheduler.waiting() + running;
        if (pendingCount == 0) {
            oldestSince = Long.MAX_VALUE;
        } else if (now - oldestReadAt >= OLDEST_EVERY_MS) {
            oldestSince = scheduler.oldest().orElse(now);
            oldestReadAt = now;
        }
    }
}
