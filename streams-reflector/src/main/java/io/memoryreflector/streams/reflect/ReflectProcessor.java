package io.memoryreflector.streams.reflect;

import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.reflection.Reflection;
import io.memoryreflector.reflection.ReflectionFailure;
import io.memoryreflector.reflection.ReflectionRequest;
import io.memoryreflector.reflection.Reflector;
import io.memoryreflector.reflection.Usage;
import io.memoryreflector.reflection.poison.Suspicion;
import io.memoryreflector.schemas.HeaderNames;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.encryption.KeyDestroyed;
import io.memoryreflector.schemas.erasure.Handed;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.schemas.trace.Tracing;
import io.memoryreflector.state.KnownFact;
import io.memoryreflector.state.PendingTask;
import io.memoryreflector.state.RetryState;
import io.memoryreflector.streams.EarlyCommits;
import io.memoryreflector.streams.Origins;
import io.memoryreflector.streams.Raw;
import io.memoryreflector.streams.TaskCheck;
import io.memoryreflector.streams.admission.Admission;
import io.memoryreflector.streams.deadletter.DeadLetters;
import io.memoryreflector.streams.deadletter.Replays;
import io.memoryreflector.streams.erasure.Forgotten;
import io.memoryreflector.streams.erasure.Purge;
import io.memoryreflector.streams.metrics.LaneMetrics;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
 * its retry stays in the pending store and holds its user back. A task that an erasure covers is taken away, and what
 * comes of its call is not written.
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

    /** Of the tasks that a stage finds when it opens, some milliseconds' worth: all stages of a thread open together. */
    private static final int TOLD_AT_ONCE = 100;

    /**
     * The stage's surroundings in the topology, by name.
     *
     * @param pendingStore of {@code PendingTask}
     * @param memories child that takes the memory events
     * @param retry child that takes tasks to be tried again
     * @param deadLetters child that takes dead letters
     * @param outcomes child that takes outcomes
     * @param known in the lane that learns facts
     */
    public record Nodes(
            String pendingStore,
            String memories,
            String retry,
            String deadLetters,
            String outcomes,
            Optional<Known> known) {}

    /**
     * Where a lane keeps what it knows.
     *
     * @param facts store of {@code KnownFact}
     * @param changes store of {@code FactChange}
     */
    public record Known(String facts, String changes) {}

    /**
     * What all stages of a process share.
     *
     * @param admission asked before each call that leaves the process
     * @param timeout {@code REFLECTION_TIMEOUT} of one call
     * @param executor starts the calls; never runs out while permits hold
     * @param forgotten asked before a task is taken up and before anything of it is written
     * @param tracing of the whole topology
     * @param commits told of what somebody waits for
     */
    public record Shared(
            Admission admission,
            Duration timeout,
            FailurePolicy failurePolicy,
            Executor executor,
            Forgotten forgotten,
            Tracing tracing,
            EarlyCommits commits) {

        /** Calls that end in time. */
        public TimedCalls calls() {
            return new TimedCalls(executor, timeout);
        }
    }

    /**
     * What all stages of a lane share.
     *
     * @param permits the lane's share of those of the process
     * @param batching of the tasks of one user
     * @param strict whether a task that waits for its retry holds back what its user sent later
     */
    public record Lane<M extends SpecificRecord>(
            Reflector<M> reflector,
            Circuit circuit,
            Permits.Lane permits,
            Batching batching,
            boolean strict,
            LaneMetrics metrics) {}

    private final Nodes nodes;
    private final Shared shared;
    private final Lane<M> lane;
    private final ReflectorCalls<M> calls;
    private final LaneSpans spans;
    private final Deserializer<ReflectionTask> deserializer;
    private final Deserializer<SpecificRecord> facts;
    private final LaneMetrics metrics;
    private final Permits.Stage permits;
    private final String stage;

    private ProcessorContext<String, SpecificRecord> context;
    private LaneOutput output;
    private PendingStore pending;
    private Optional<KnownFacts> knownFacts;
    private TaskScheduler<Bytes> scheduler;
    private Queue<Completion<M>> completions;
    private Queue<String> usersAtHand;
    private Runnable noMoreAtHand = () -> {};
    private long oldestReadAt;
    private int running;

    private volatile int pendingCount;
    private volatile long oldestSince;

    /**
     * @param deserializer of the pending tasks' bytes; this processor's own
     * @param facts of those that the lane is told of; this processor's own
     */
    public ReflectProcessor(
            Nodes nodes,
            Shared shared,
            Lane<M> lane,
            Deserializer<ReflectionTask> deserializer,
            Deserializer<SpecificRecord> facts) {
        this.nodes = nodes;
        this.shared = shared;
        this.lane = lane;
        this.calls = new ReflectorCalls<>(lane.reflector(), shared.calls());
        this.spans = new LaneSpans(shared.tracing(), lane.reflector());
        this.deserializer = deserializer;
        this.facts = facts;
        this.metrics = lane.metrics();
        this.permits = lane.permits().stage();
        this.stage = "reflect-" + lane.reflector().tier().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        this.context = context;
        this.output = new LaneOutput(
                nodes, lane.reflector().tier(), lane.reflector().version(), metrics, shared.commits(), context);
        this.completions = new ConcurrentLinkedQueue<>();
        this.scheduler = new TaskScheduler<>(lane.batching());
        this.pending = new PendingStore(context.getStateStore(nodes.pendingStore()), this::schedule);
        this.knownFacts = nodes.known()
                .map(known ->
                        new KnownFacts(context.getStateStore(known.facts()), context.getStateStore(known.changes())));
        this.running = 0;
        listenForWhatIsAtHand();
        pending.tellOn(TOLD_AT_ONCE);
        publish(context.currentSystemTimeMs());
        metrics.opened(this);
        Purge.schedule(context, shared.forgotten(), stage, this::purge);
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<String, Raw<ReflectionTask>> record) {
        var now = context.currentSystemTimeMs();
        drain(now);
        if (record.value() == null) {
            beTold(record);
        } else {
            accept(record, now);
        }
        dispatch(now);
        pendingCount = scheduler.waiting() + running;
    }

    private void listenForWhatIsAtHand() {
        noMoreAtHand.run();
        var users = new ConcurrentLinkedQueue<String>();
        this.usersAtHand = users;
        this.noMoreAtHand = lane.reflector().onAtHand(users::add);
    }

    @Override
    public void close() {
        noMoreAtHand.run();
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
        pending.tellOn(TOLD_AT_ONCE);
        drain(now);
        dispatch(now);
        publish(now);
        shared.commits().look(context);
    }

    /** A record without a value tells the lane something by a header. */
    private void beTold(Record<String, Raw<ReflectionTask>> record) {
        if (record.key() == null) {
            return;
        }
        if (record.headers().lastHeader(HeaderNames.RETRY_NOW) != null) {
            // Its user's first task is the only one that can wait here for its retry.
            pending.tellAllOf(record.key());
            scheduler.release(record.key());
        }
        var learnt = record.headers().lastHeader(HeaderNames.LEARNT);
        if (learnt != null) {
            knownFacts.ifPresent(known -> learn(known, record.key(), learnt.value()));
        }
    }

    private void learn(KnownFacts known, String user, byte[] fact) {
        SpecificRecord event;
        try {
            event = facts.deserialize(Topics.SEMANTIC.name(), fact);
        } catch (RuntimeException e) {
            if (KeyDestroyed.explains(e)) {
                return;
            }
            throw e;
        }
        if (Handed.ofMemory(event)
                .filter(handed -> handed.user().equals(user))
                .filter(handed -> !shared.forgotten().drops(user, () -> handed, stage))
                .isPresent()) {
            known.learn(user, List.of(event));
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
        if (shared.forgotten().drops(record.key(), () -> Handed.of(task), stage)) {
            return;
        }
        withoutForgottenContext(task);
        pending.tellAllOf(record.key());
        if (!scheduler.isFree(record.key())) {
            enqueue(origin, task);
            return;
        }
        var call = calls.immediate() ? lane.circuit().begin() : Optional.<Circuit.Call>empty();
        if (call.isPresent()) {
            processNow(origin, task, call.get(), now);
            return;
        }
        lane.reflector()
                .atHand(List.of(task))
                .ifPresentOrElse(
                        answer -> completeAtOnce(origin, task, answer.memories().get(0), now),
                        () -> enqueue(origin, task));
    }

    private void processNow(PendingTask origin, ReflectionTask task, Circuit.Call call, long now) {
        var span = spans.begin(origin, task);
        var started = System.nanoTime();
        var reflection = calls.now(ReflectionRequest.of(List.of(task)));
        var took = Duration.ofNanos(System.nanoTime() - started);
        metrics.took(took);
        call.ended(reflection, took);
        if (reflection instanceof Reflection.Reflected<M> reflected) {
            complete(origin, task, reflected.memories().get(0), atOnce(took, span), now);
        } else {
            // An answer at once is for what goes well; failures have one road, which begins in the store.
            LaneSpans.settled(span, "unsettled");
            enqueue(origin, task);
        }
    }

    private void completeAtOnce(PendingTask origin, ReflectionTask task, List<M> memories, long now) {
        complete(origin, task, memories, atOnce(Duration.ZERO, spans.begin(origin, task)), now);
    }

    private static Attempt atOnce(Duration took, Span span) {
        return new Attempt(took, Usage.NONE, 0, 1, span);
    }

    /** A memory that was forgotten by itself does not come back with a repeat of its task. */
    private void complete(PendingTask origin, ReflectionTask task, List<M> made, Attempt attempt, long now) {
        var memories = made.stream()
                .filter(memory -> Handed.ofMemory(memory)
                        .filter(handed -> shared.forgotten().drops(origin.getRecordKey(), () -> handed, stage))
                        .isEmpty())
                .toList();
        var suspicion = memories.isEmpty() ? Optional.<Suspicion>empty() : Suspicion.of(task.getMessages());
        output.completed(origin, task, memories, suspicion, attempt, Instant.ofEpochMilli(now));
        knownFacts.ifPresent(known -> known.learn(origin.getRecordKey(), memories));
    }

    private void enqueue(PendingTask origin, ReflectionTask task) {
        origin.setPriority(task.getPriority());
        schedule(pending.add(origin), origin);
    }

    private void schedule(Bytes key, PendingTask origin) {
        scheduler.add(
                origin.getRecordKey(),
                key,
                origin.getPriority(),
                origin.getPendingSince(),
                Batching.tokens(origin.getValue().remaining()));
        if (origin.getRetry() != null) {
            scheduler.hold(
                    origin.getRecordKey(), origin.getRetry().getNotBefore().toEpochMilli());
        }
    }

    private void dispatch(long now) {
        scheduler.releaseDue(now);
        while (scheduler.hasNext()) {
            var permit = permits.tryAcquire(scheduler.hasUrgent());
            if (permit.isEmpty() || !startNext(permit.get(), now)) {
                return;
            }
        }
    }

    /** Starts a call, or gives the permit back; false if it is no use to try the next one. */
    private boolean startNext(Permits.Permit permit, long now) {
        var call = lane.circuit().begin();
        if (call.isEmpty()) {
            permit.release();
            return false;
        }
        var batch = (permit.isUrgent() ? scheduler.nextUrgent() : scheduler.next()).orElseThrow();
        var verdict = calls.immediate()
                ? new Admission.Granted()
                : shared.admission().ask(UserKey.parse(batch.user()).namespace(), batch.tokens(), now);
        if (verdict instanceof Admission.Granted) {
            try {
                start(batch, permit, call.get());
            } catch (RuntimeException e) {
                // The thread is replaced; what it held has to be there for others.
                call.get().release();
                permit.release();
                throw e;
            }
            return true;
        }
        call.get().release();
        permit.release();
        if (verdict instanceof Admission.NotBefore notBefore) {
            scheduler.hold(batch.user(), notBefore.until());
            return true;
        }
        scheduler.putBack(batch.user(), false);
        return false;
    }

    private void start(TaskScheduler.Batch<Bytes> batch, Permits.Permit permit, Circuit.Call call) {
        var tasks = new ArrayList<ReflectionTask>(batch.keys().size());
        var attempts = spans.isOn() ? new ArrayList<Span>(batch.keys().size()) : List.<Span>of();
        for (var key : batch.keys()) {
            var origin = pending.get(key);
            var task = decode(origin);
            tasks.add(task);
            if (spans.isOn()) {
                attempts.add(spans.begin(origin, task));
            }
        }
        var span = spans.call(attempts);
        var known = calls.immediate()
                ? List.<KnownFact>of()
                : knownFacts.map(facts -> facts.relevantTo(batch.user(), tasks)).orElse(List.of());
        var backTo = completions;
        running += tasks.size();
        calls.start(new ReflectionRequest(tasks, known, permit::answered), (reflection, took) -> {
            permit.release();
            LaneSpans.called(span, reflection);
            call.ended(reflection, took);
            if (!calls.immediate()) {
                shared.admission().settle(batch.tokens(), reflection.usage());
            }
            backTo.add(new Completion<>(batch, reflection, took, attempts));
        });
    }

    private void drain(long now) {
        for (var completion = completions.poll(); completion != null; completion = completions.poll()) {
            running -= completion.batch().keys().size();
            metrics.took(completion.took());
            settle(completion, now);
            // Those of tasks that wait on, or that are to be forgotten.
            completion.attempts().forEach(attempt -> LaneSpans.settled(attempt, "unsettled"));
        }
        for (var user = usersAtHand.poll(); user != null; user = usersAtHand.poll()) {
            pending.tellAllOf(user);
            scheduler.nextOf(user).ifPresent(batch -> settleAtHand(batch, now));
        }
    }

    /** Takes away tasks and facts that are to be forgotten; what comes of a call under way is dropped when it is back. */
    private int purge(String user) {
        var gone = pending.matching(user, Purge.ENTRIES, this::isForgotten);
        var keys = new HashSet<Bytes>();
        for (var entry : gone) {
            pending.remove(entry.key);
            keys.add(entry.key);
        }
        scheduler.remove(user, keys);
        var facts = knownFacts.map(known -> known.forget(user, Purge.ENTRIES, shared.forgotten()::covers));
        publish(context.currentSystemTimeMs());
        return Math.max(gone.size(), facts.orElse(0));
    }

    /** Also of a task that was sealed with a key that is destroyed. */
    private boolean isForgotten(PendingTask origin) {
        try {
            return shared.forgotten().touches(origin.getRecordKey())
                    && shared.forgotten().covers(Handed.of(asItCame(origin)));
        } catch (RuntimeException e) {
            if (KeyDestroyed.explains(e)) {
                return true;
            }
            throw e;
        }
    }

    /** The pending task, unless it was to be forgotten since its call began. */
    private Optional<PendingTask> still(Bytes key) {
        var origin = pending.get(key);
        if (origin == null) {
            return Optional.empty();
        }
        if (isForgotten(origin)) {
            shared.forgotten().dropped(stage, 1);
            pending.remove(key);
            return Optional.empty();
        }
        return Optional.of(origin);
    }

    private void withoutForgottenContext(ReflectionTask task) {
        var user = task.getNamespace() + "/" + task.getUserId();
        if (task.getContextSince() != null && shared.forgotten().since(user, task.getContextSince())) {
            task.setContext(List.of());
        }
    }

    /** As many of the tasks, from the first on, as have their answers at hand; the others go on waiting. */
    private void settleAtHand(TaskScheduler.Batch<Bytes> batch, long now) {
        var settled = 0;
        for (var key : batch.keys()) {
            var origin = still(key);
            if (origin.isEmpty()) {
                settled++;
                continue;
            }
            var task = decode(origin.get());
            var answer = lane.reflector().atHand(List.of(task));
            if (answer.isEmpty()) {
                break;
            }
            completeAtOnce(origin.get(), task, answer.get().memories().get(0), now);
            pending.remove(key);
            settled++;
        }
        scheduler.done(batch.user(), settled);
    }

    private void settle(Completion<M> completion, long now) {
        var keys = completion.batch().keys();
        if (completion.reflection() instanceof Reflection.Reflected<M> reflected) {
            for (int i = 0; i < keys.size(); i++) {
                var origin = still(keys.get(i));
                if (origin.isPresent()) {
                    var memories = reflected.memories().get(i);
                    complete(origin.get(), decode(origin.get()), memories, completion.attempt(i), now);
                    pending.remove(keys.get(i));
                }
            }
            scheduler.done(completion.batch().user());
        } else if (completion.reflection() instanceof Reflection.Failed<M> failed) {
            settleFailure(completion, failed.failure(), now);
        }
    }

    private void settleFailure(Completion<M> completion, ReflectionFailure failure, long now) {
        var batch = completion.batch();
        var ofMany = batch.keys().size() > 1;
        if (FailurePolicy.isTheProviders(failure, lane.circuit().isClosed())) {
            scheduler.sendBehind(batch.user(), now);
        } else if (ofMany && (lane.strict() || failure instanceof ReflectionFailure.Permanent)) {
            scheduler.putBack(batch.user(), true);
        } else if (lane.strict()) {
            failInPlace(batch.user(), batch.keys().get(0), failure, completion.attempt(0), now);
        } else {
            for (int i = 0; i < batch.keys().size(); i++) {
                failAndGoOn(batch.keys().get(i), failure, completion.attempt(i), now);
            }
            scheduler.done(batch.user());
        }
    }

    private void failAndGoOn(Bytes key, ReflectionFailure failure, Attempt attempt, long now) {
        var pendingTask = still(key);
        if (pendingTask.isEmpty()) {
            return;
        }
        var origin = pendingTask.get();
        var task = decode(origin);
        var at = Instant.ofEpochMilli(now);
        var decision = shared.failurePolicy().decide(origin, task, attemptsBefore(origin), failure, at);
        if (decision instanceof FailurePolicy.Retry retry) {
            output.retried(origin, task, retry.task(), attempt, at);
        } else if (decision instanceof FailurePolicy.Park park) {
            output.parked(origin, task, park.deadLetter(), attempt, at);
        }
        pending.remove(key);
    }

    /** The fence of strict order: the entry stays, with its user behind it, until it succeeds or is parked. */
    private void failInPlace(String user, Bytes key, ReflectionFailure failure, Attempt attempt, long now) {
        var pendingTask = still(key);
        if (pendingTask.isEmpty()) {
            scheduler.done(user);
            return;
        }
        var origin = pendingTask.get();
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
            output.heldBack(origin, task, again.getNotBefore(), again.getLastError(), attempt, at);
            scheduler.hold(user, again.getNotBefore().toEpochMilli());
        } else if (decision instanceof FailurePolicy.Park park) {
            output.parked(origin, task, park.deadLetter(), attempt, at);
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
        withoutForgottenContext(task);
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
