package io.memoryreflector.streams.reflect;

import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.reflection.Reflection;
import io.memoryreflector.reflection.ReflectionFailure;
import io.memoryreflector.reflection.ReflectionRequest;
import io.memoryreflector.reflection.Reflector;
import io.memoryreflector.schemas.HeaderNames;
import io.memoryreflector.state.PendingTask;
import io.memoryreflector.state.RetryState;
import io.memoryreflector.streams.Origins;
import io.memoryreflector.streams.Raw;
import io.memoryreflector.streams.TaskCheck;
import io.memoryreflector.streams.deadletter.DeadLetters;
import io.memoryreflector.streams.deadletter.Replays;
import io.memoryreflector.streams.metrics.LaneMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
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
 * <p>A task is put into the persistent pending store, and its call starts as soon as a permit is free, the circuit lets
 * it through and no other call of its user is under way. Calls come back on a queue, which {@link #process} and a short punctuation drain: results
 * are forwarded and the pending entry is deleted in the same transaction, in that order, so that a throw downstream
 * keeps the entry. A reflector that answers at once skips the store. In a lane with strict order a task that waits for
 * its retry stays in the pending store and holds its user back.
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
    public record Shared(int batchSize, Duration timeout, FailurePolicy failurePolicy, Executor executor) {}

    /**
     * What all stages of a lane share.
     *
     * @param strict whether a task that waits for its retry holds back what its user sent later
     */
    public record Lane<M extends SpecificRecord>(
            Reflector<M> reflector, Circuit circuit, Permits.Lane permits, boolean strict, LaneMetrics metrics) {

        /** A lane with permits out of those of all. */
        public Lane(Reflector<M> reflector, Circuit circuit, Permits permits, boolean strict, LaneMetrics metrics) {
            this(reflector, circuit, permits.lane(), strict, metrics);
        }
    }

    private final Nodes nodes;
    private final Shared shared;
    private final Lane<M> lane;
    private final ReflectorCalls<M> calls;
    private final Deserializer<ReflectionTask> deserializer;
    private final LaneMetrics metrics;

    private ProcessorContext<String, SpecificRecord> context;
    private LaneOutput output;
    private PendingStore pending;
    private TaskScheduler<Bytes> scheduler;
    private Queue<Completion<M>> completions;
    private long oldestReadAt;
    private int running;

    private volatile int pendingCount;
    private volatile long oldestSince;

    /** @param deserializer of the pending tasks' bytes; this processor's own */
    public ReflectProcessor(Nodes nodes, Shared shared, Lane<M> lane, Deserializer<ReflectionTask> deserializer) {
        this.nodes = nodes;
        this.shared = shared;
        this.lane = lane;
        this.calls = new ReflectorCalls<>(lane.reflector(), shared.executor(), shared.timeout());
        this.deserializer = deserializer;
        this.metrics = lane.metrics();
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        this.context = context;
        this.output =
                new LaneOutput(nodes, lane.reflector().tier(), lane.reflector().version(), metrics, context);
        this.completions = new ConcurrentLinkedQueue<>();
        this.scheduler = new TaskScheduler<>();
        this.pending = new PendingStore(context.getStateStore(nodes.pendingStore()));
        this.running = 0;
        pending.replay(this::schedule);
        publish(context.currentSystemTimeMs());
        metrics.opened(this);
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<String, Raw<ReflectionTask>> record) {
        var now = context.currentSystemTimeMs();
        drain(now);
        if (record.value() == null) {
            retryNow(record);
        } else {
            accept(record, now);
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

    /** Lets a task that waits here for its retry run now; its user's first task is the only one that can. */
    private void retryNow(Record<String, Raw<ReflectionTask>> record) {
        if (record.key() != null && record.headers().lastHeader(HeaderNames.RETRY_NOW) != null) {
            scheduler.release(record.key());
        }
    }

    private void accept(Record<String, Raw<ReflectionTask>> record, long now) {
        var task = record.value().value();
        var origin = Origins.of(context, record, now);
        try {
            TaskCheck.check(record.key(), task, Set.of(lane.reflector().tier()));
        } catch (IllegalArgumentException e) {
            output.refused(origin, DeadLetters.refused(origin, Instant.ofEpochMilli(now), e));
            return;
        }
        if (calls.immediate()
                && scheduler.isFree(record.key())
                && lane.circuit().tryAcquire()) {
            processNow(origin, task, now);
        } else {
            enqueue(origin, task);
        }
    }

    private void processNow(PendingTask origin, ReflectionTask task, long now) {
        var started = System.nanoTime();
        var reflection = calls.now(ReflectionRequest.of(List.of(task)));
        var took = Duration.ofNanos(System.nanoTime() - started);
        metrics.took(took);
        lane.circuit().record(reflection, took);
        if (reflection instanceof Reflection.Reflected<M> reflected) {
            output.completed(origin, task, reflected.memories().get(0), took, Instant.ofEpochMilli(now));
        } else {
            // An answer at once is for what goes well; failures have one road, which begins in the store.
            enqueue(origin, task);
        }
    }

    private void enqueue(PendingTask origin, ReflectionTask task) {
        origin.setPriority(task.getPriority());
        schedule(pending.add(origin), origin);
    }

    private void schedule(Bytes key, PendingTask origin) {
        scheduler.add(origin.getRecordKey(), key, origin.getPriority(), origin.getPendingSince());
        if (origin.getRetry() != null) {
            scheduler.hold(
                    origin.getRecordKey(), origin.getRetry().getNotBefore().toEpochMilli());
        }
    }

    private void dispatch(long now) {
        scheduler.releaseDue(now);
        while (scheduler.hasNext() && lane.permits().tryAcquire()) {
            if (!lane.circuit().tryAcquire()) {
                lane.permits().release();
                return;
            }
            start(scheduler.next(shared.batchSize()).orElseThrow());
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
        calls.start(ReflectionRequest.of(tasks), (reflection, took) -> {
            lane.permits().release();
            lane.circuit().record(reflection, took);
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
                output.completed(
                        origin,
                        decode(origin),
                        reflected.memories().get(i),
                        completion.took(),
                        Instant.ofEpochMilli(now));
                pending.remove(batch.keys().get(i));
            }
            scheduler.done(batch.user());
        } else if (completion.reflection() instanceof Reflection.Failed<M> failed) {
            settleFailure(batch, failed.failure(), completion.took(), now);
        }
    }

    private void settleFailure(TaskScheduler.Batch<Bytes> batch, ReflectionFailure failure, Duration took, long now) {
        var ofMany = batch.keys().size() > 1;
        if (FailurePolicy.isTheProviders(failure, lane.circuit().isClosed())) {
            scheduler.sendBehind(batch.user(), now);
        } else if (ofMany && (lane.strict() || failure instanceof ReflectionFailure.Permanent)) {
            scheduler.putBack(batch.user(), true);
        } else if (lane.strict()) {
            failInPlace(batch.user(), batch.keys().get(0), failure, took, now);
        } else {
            batch.keys().forEach(key -> failAndGoOn(key, failure, took, now));
            scheduler.done(batch.user());
        }
    }

    private void failAndGoOn(Bytes key, ReflectionFailure failure, Duration took, long now) {
        var origin = pending.get(key);
        var task = decode(origin);
        var at = Instant.ofEpochMilli(now);
        var decision = shared.failurePolicy().decide(origin, task, attemptsBefore(origin), failure, at);
        if (decision instanceof FailurePolicy.Retry retry) {
            output.retried(origin, task, retry.task(), took, at);
        } else if (decision instanceof FailurePolicy.Park park) {
            output.parked(origin, task, park.deadLetter(), took, at);
        }
        pending.remove(key);
    }

    /** The fence of strict order: the entry stays, with its user behind it, until it succeeds or is parked. */
    private void failInPlace(String user, Bytes key, ReflectionFailure failure, Duration took, long now) {
        var origin = pending.get(key);
        var task = decode(origin);
        var at = Instant.ofEpochMilli(now);
        var decision = shared.failurePolicy().decide(origin, task, attemptsBefore(origin), failure, at);
        if (decision instanceof FailurePolicy.Retry retry) {
            var again = retry.task();
            origin.setRetry(new RetryState(
                    again.getAttempt(),
                    again.getFirstAttemptAt(),
                    again.getNotBefore(),
                    again.getFirstError(),
                    again.getLastError()));
            pending.update(key, origin);
            output.heldBack(origin, task, again.getNotBefore(), again.getLastError(), took, at);
            scheduler.hold(user, again.getNotBefore().toEpochMilli());
        } else if (decision instanceof FailurePolicy.Park park) {
            output.parked(origin, task, park.deadLetter(), took, at);
            pending.remove(key);
            scheduler.done(user);
        }
    }

    /** Never more than the record itself knows of: attempts of a strict lane are beside it and start at zero anyway. */
    private int attemptsBefore(PendingTask origin) {
        return Math.min(
                Replays.attemptsBefore(origin.getHeaders()), asItCame(origin).getAttempt());
    }

    private ReflectionTask asItCame(PendingTask origin) {
        return deserializer.deserialize(origin.getSourceTopic(), Origins.bytes(origin.getValue()));
    }

    private ReflectionTask decode(PendingTask origin) {
        var task = asItCame(origin);
        var retry = origin.getRetry();
        if (retry != null) {
            task.setAttempt(retry.getAttempt());
            task.setFirstAttemptAt(retry.getFirstAttemptAt());
            task.setNotBefore(retry.getNotBefore());
            task.setFirstError(retry.getFirstError());
            task.setLastError(retry.getLastError());
        }
        return task;
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
