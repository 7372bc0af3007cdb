package io.memoryreflector.streams.session;

import io.memoryreflector.events.SessionEnded;
import io.memoryreflector.reflection.session.SessionReflector;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.state.OwedSummary;
import io.memoryreflector.state.SessionEntry;
import io.memoryreflector.state.SessionProgress;
import io.memoryreflector.streams.Raw;
import io.memoryreflector.streams.erasure.Forgotten;
import io.memoryreflector.streams.erasure.Purge;
import io.memoryreflector.streams.metrics.LaneMetrics;
import io.memoryreflector.streams.reflect.Circuit;
import io.memoryreflector.streams.reflect.Permits;
import io.memoryreflector.streams.reflect.ReflectProcessor;
import io.memoryreflector.streams.store.Expiry;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Follows sessions. One is over when nothing of it has come for the idle gap, or when somebody says so; what comes later
 * opens it again and amends its summary, which keeps its id and gets the next revision. The summary is an extract, which is
 * there at once; where a model reflects, the session is then owed one in the model's words. Belongs to one stream thread.
 */
public final class SessionProcessor implements Processor<String, Raw<SpecificRecord>, String, SpecificRecord> {

    private static final String STAGE = "sessions";

    private static final Duration TICK = Duration.ofSeconds(1);

    /** Longest time that a model's answer waits for its stage. */
    private static final Duration MODEL_TICK = Duration.ofMillis(100);

    /** After an end was announced, for the memories that are still being made. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private static final int AT_ONCE = 100;

    /**
     * The stage's surroundings in the topology, by name.
     *
     * @param store of {@code SessionEntry}
     * @param summaries child that takes the summaries
     * @param outcomes child that takes what a model's answers have cost
     */
    public record Nodes(String store, String summaries, String outcomes) {}

    /**
     * What the stages of all partitions share where a model reflects.
     *
     * @param permits what sessions may take of the calls of the process
     * @param tokens {@code REFLECTION_BATCH_TOKENS}: the most that a session's texts take of a prompt
     */
    public record Model(
            SessionReflector reflector, Circuit circuit, Permits.Beside permits, LaneMetrics metrics, int tokens) {}

    private final Nodes nodes;
    private final ReflectProcessor.Shared shared;
    private final Optional<Model> model;
    private final Duration idleGap;

    /** A session's end is moved in steps, so that a memory seldom costs more than its own entry. */
    private final Duration step;

    private final Duration retention;
    private final Forgotten forgotten;
    private final SessionDue due = new SessionDue();
    private ProcessorContext<String, SpecificRecord> context;
    private SessionStore store;
    private SummaryOutput output;
    private Optional<ModelSummaries> summaries = Optional.empty();

    /**
     * @param shared admission, time-out, attempts and threads of calls, and what was to be forgotten
     * @param model where one reflects
     * @param idleGap after which a session is over, by this machine's clock; up to a tenth of it less where many
     *     memories come in a short time
     * @param retention how long a session can still be amended
     */
    public SessionProcessor(
            Nodes nodes, ReflectProcessor.Shared shared, Optional<Model> model, Duration idleGap, Duration retention) {
        this.nodes = nodes;
        this.shared = shared;
        this.model = model;
        this.forgotten = shared.forgotten();
        this.idleGap = idleGap;
        this.step = idleGap.dividedBy(10);
        this.retention = retention;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        this.context = context;
        KeyValueStore<Bytes, SessionEntry> entries = context.getStateStore(nodes.store());
        this.store = new SessionStore(entries);
        this.output = new SummaryOutput(nodes, context);
        this.summaries = model.map(this::summaries);
        store.each(this::index);
        Expiry.schedule(context, entries, SessionProcessor::lastUse, retention);
        Purge.schedule(context, forgotten, STAGE, this::purge);
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
        summaries.ifPresent(it -> {
            it.opened();
            context.schedule(MODEL_TICK, PunctuationType.WALL_CLOCK_TIME, it::tick);
        });
    }

    private ModelSummaries summaries(Model asked) {
        return new ModelSummaries(
                asked, shared.failurePolicy(), forgotten, store, output, new SummaryCalls(asked, shared));
    }

    @Override
    public void close() {
        summaries.ifPresent(ModelSummaries::closed);
    }

    @Override
    public void process(Record<String, Raw<SpecificRecord>> record) {
        if (record.value() == null) {
            return;
        }
        var now = context.currentSystemTimeMs();
        if (record.value().value() instanceof SessionEnded ended) {
            end(new UserKey(ended.getNamespace(), ended.getUserId()).toString(), ended.getSessionId(), now);
        } else {
            SessionMemories.of(record.value().value())
                    .filter(of -> !forgotten.drops(
                            of.user(), () -> SessionStore.handed(of.user(), of.sessionId(), of.memory()), STAGE))
                    .ifPresent(of -> remember(of, now));
        }
    }

    private void end(String user, String sessionId, long now) {
        var key = SessionStore.key(user, sessionId);
        var progress = progress(key, sessionId, now);
        progress.setEnded(true);
        progress.setSeenAt(now);
        // Without anything new there is nothing to write.
        if (progress.getDueAt() > 0) {
            progress.setDueAt(now + LAST_WORDS.toMillis());
        }
        save(user, key, progress);
    }

    private void remember(SessionMemories.Of of, long now) {
        if (!store.add(of)) {
            return;
        }
        var key = SessionStore.key(of.user(), of.sessionId());
        if (due.timeOf(key) >= now + idleGap.minus(step).toMillis()) {
            return;
        }
        var progress = progress(key, of.sessionId(), now);
        progress.setSeenAt(now);
        progress.setDueAt(now + (progress.getEnded() ? LAST_WORDS : idleGap).toMillis());
        // It goes on: the model is asked at its next end.
        progress.setOwed(null);
        save(of.user(), key, progress);
    }

    private SessionProgress progress(Bytes key, String sessionId, long now) {
        var entry = store.get(key);
        return entry == null ? new SessionProgress(sessionId, false, 0L, now, 0, null) : entry.getProgress();
    }

    private void save(String user, Bytes key, SessionProgress progress) {
        store.put(user, key, progress);
        index(key, progress);
    }

    private void index(Bytes key, SessionProgress progress) {
        due.set(key, progress.getDueAt());
        summaries.ifPresent(it -> it.index(key, progress));
    }

    private void drop(Bytes key) {
        store.delete(key);
        due.set(key, 0);
        summaries.ifPresent(it -> it.index(key, null));
    }

    private void tick(long now) {
        for (var key : due.take(now, AT_ONCE)) {
            var entry = store.get(key);
            if (entry != null) {
                summarize(key, entry, now);
            }
        }
    }

    private void summarize(Bytes key, SessionEntry entry, long now) {
        var user = entry.getUserKey();
        var progress = entry.getProgress();
        var memories = store.memories(user, progress.getSessionId());
        if (memories.isEmpty() && progress.getRevision() == 0) {
            drop(key);
            return;
        }
        progress.setDueAt(0L);
        progress.setRevision(progress.getRevision() + 1);
        output.write(Extracts.summary(UserKey.parse(user), progress, memories, now), now);
        if (memories.isEmpty()) {
            drop(key);
        } else {
            progress.setOwed(model.isPresent() ? new OwedSummary(now, 0, now) : null);
            save(user, key, progress);
        }
    }

    /** A session that loses memories is summed up anew; one that loses all of them is told of by an empty summary. */
    private int purge(String user) {
        var gone = store.forget(user, Purge.ENTRIES, forgotten::covers);
        var now = context.currentSystemTimeMs();
        new LinkedHashSet<>(gone).forEach(sessionId -> amend(user, sessionId, now));
        return gone.size();
    }

    private void amend(String user, String sessionId, long now) {
        var key = SessionStore.key(user, sessionId);
        var session = store.get(key);
        if (session == null) {
            return;
        }
        if (store.memories(user, sessionId).isEmpty()) {
            due.set(key, 0);
            summarize(key, session, now);
        } else {
            session.getProgress().setDueAt(now + LAST_WORDS.toMillis());
            session.getProgress().setOwed(null);
            save(user, key, session.getProgress());
        }
    }

    private static long lastUse(SessionEntry entry) {
        return entry.getProgress() == null
                ? entry.getMemory().getRecordedAt().toEpochMilli()
                : entry.getProgress().getSeenAt();
    }
}
