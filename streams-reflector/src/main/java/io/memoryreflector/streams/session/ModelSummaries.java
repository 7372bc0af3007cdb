package io.memoryreflector.streams.session;

import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.SessionSummary;
import io.memoryreflector.reflection.Reflection;
import io.memoryreflector.reflection.ReflectionFailure;
import io.memoryreflector.reflection.session.SessionRequest;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.state.OwedSummary;
import io.memoryreflector.state.SessionEntry;
import io.memoryreflector.state.SessionMemory;
import io.memoryreflector.state.SessionProgress;
import io.memoryreflector.streams.erasure.Forgotten;
import io.memoryreflector.streams.reflect.FailurePolicy;
import io.memoryreflector.streams.reflect.LaneSpans;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a model is asked about the sessions of one partition, and what becomes of its answers.
 *
 * <p>The store knows which sessions are owed a summary in the model's words until the answer has amended the extract as the
 * next revision, so a crash asks again. An answer is not written where the session has another revision by then, or has
 * lost a memory that it rests on. A model that cannot do it leaves the extract.
 *
 * <p>Belongs to one stream thread.
 */
final class ModelSummaries {

    private static final Logger LOG = LoggerFactory.getLogger(ModelSummaries.class);

    private static final String STAGE = "sessions";

    private final SessionProcessor.Model model;
    private final FailurePolicy failures;
    private final Forgotten forgotten;
    private final SessionStore store;
    private final SummaryOutput output;
    private final SummaryCalls calls;

    ModelSummaries(
            SessionProcessor.Model model,
            FailurePolicy failures,
            Forgotten forgotten,
            SessionStore store,
            SummaryOutput output,
            SummaryCalls calls) {
        this.model = model;
        this.failures = failures;
        this.forgotten = forgotten;
        this.store = store;
        this.output = output;
        this.calls = calls;
    }

    /** Takes note of a session as the store has it; null where it has it no more. */
    void index(Bytes key, SessionProgress progress) {
        calls.set(key, progress == null ? null : progress.getOwed());
    }

    void opened() {
        model.metrics().opened(calls);
    }

    void closed() {
        model.metrics().closed(calls);
    }

    /** Writes what has come back, and asks for what is owed. */
    void tick(long now) {
        calls.drain(completion -> settle(completion, now));
        calls.dispatch(now, key -> call(key, now));
    }

    private Optional<SummaryCall> call(Bytes key, long now) {
        var entry = store.get(key);
        if (entry == null || entry.getProgress().getOwed() == null) {
            return Optional.empty();
        }
        var user = entry.getUserKey();
        var progress = entry.getProgress();
        var memories = store.memories(user, progress.getSessionId());
        // What is to be forgotten is gone in a moment, and then the session is summed up anew.
        if (memories.isEmpty() || anyForgotten(user, progress.getSessionId(), memories)) {
            return Optional.empty();
        }
        return Optional.of(new SummaryCall(
                key,
                progress.getOwed(),
                new SessionRequest(
                        Extracts.summary(UserKey.parse(user), progress, memories, now),
                        Extracts.lines(memories),
                        model.tokens())));
    }

    private void settle(SummaryCall.Completion completion, long now) {
        var key = completion.call().session();
        var entry = store.get(key);
        var asked = completion.call().request().extract().getRevision();
        if (entry == null || entry.getProgress().getRevision() != asked) {
            // Nothing is left of it, or a later end asks anew.
            charge(completion, ReflectionState.COMPLETED, 1, now);
            index(key, entry == null ? null : entry.getProgress());
        } else if (completion.reflection() instanceof Reflection.Reflected<SessionSummary> reflected) {
            settleAnswer(completion, entry, reflected, now);
        } else if (completion.reflection() instanceof Reflection.Failed<SessionSummary> failed) {
            settleFailure(completion, entry, failed.failure(), now);
        }
    }

    private void settleAnswer(
            SummaryCall.Completion completion,
            SessionEntry entry,
            Reflection.Reflected<SessionSummary> reflected,
            long now) {
        var progress = entry.getProgress();
        charge(completion, ReflectionState.COMPLETED, attempt(progress), now);
        var told = reflected.memories().stream().flatMap(List::stream).findFirst();
        if (told.isPresent() && !stands(entry.getUserKey(), told.get())) {
            forgotten.dropped(STAGE, 1);
        } else {
            told.ifPresent(summary -> {
                progress.setRevision(progress.getRevision() + 1);
                summary.setRevision(progress.getRevision());
                output.write(summary, completion.span(), now);
            });
            LaneSpans.settled(completion.span(), "completed");
            settled("completed", completion, now);
        }
        progress.setOwed(null);
        save(completion, entry);
    }

    /** Whether all that the model was told of is still there; if not, the session is about to be summed up anew. */
    private boolean stands(String user, SessionSummary summary) {
        var sessionId = summary.getSessionId();
        var memories = store.memories(user, sessionId);
        return memories.stream()
                        .map(SessionMemory::getMemoryId)
                        .collect(Collectors.toSet())
                        .containsAll(summary.getMemoryIds())
                && !anyForgotten(user, sessionId, memories);
    }

    private boolean anyForgotten(String user, String sessionId, List<SessionMemory> memories) {
        return forgotten.touches(user)
                && memories.stream().anyMatch(memory -> forgotten.covers(SessionStore.handed(user, sessionId, memory)));
    }

    private void settleFailure(
            SummaryCall.Completion completion, SessionEntry entry, ReflectionFailure failure, long now) {
        var progress = entry.getProgress();
        var attempt = attempt(progress);
        if (progress.getOwed() == null) {
            // It goes on, and its next end asks.
            charge(completion, ReflectionState.FAILED, attempt, now);
            return;
        }
        if (FailurePolicy.isTheProviders(failure, model.circuit().isClosed())) {
            charge(completion, ReflectionState.RETRYING, attempt, now);
            calls.pause(completion.call().session(), now);
            return;
        }
        if (failure instanceof ReflectionFailure.Transient passing && attempt <= failures.maxRetries()) {
            var notBefore = now
                    + failures.backoff().delay(attempt, passing.retryAfter()).toMillis();
            progress.setOwed(new OwedSummary(progress.getOwed().getSince(), attempt, notBefore));
            charge(completion, ReflectionState.RETRYING, attempt, now);
            LaneSpans.retried(
                    completion.span(),
                    Instant.ofEpochMilli(notBefore),
                    failure.cause().getClass().getName());
            model.metrics().retried();
        } else {
            LOG.warn(
                    "a session of namespace {} keeps its extract: {} failure of attempt {}",
                    UserKey.parse(entry.getUserKey()).namespace(),
                    failure.kind(),
                    attempt);
            progress.setOwed(null);
            charge(completion, ReflectionState.FAILED, attempt, now);
            LaneSpans.failed(completion.span(), failure);
            settled("failed", completion, now);
        }
        save(completion, entry);
    }

    /** The one that has ended now, from 1. */
    private static int attempt(SessionProgress progress) {
        return progress.getOwed() == null ? 1 : progress.getOwed().getAttempt() + 1;
    }

    private void charge(SummaryCall.Completion completion, ReflectionState state, int attempt, long now) {
        output.charge(completion, model.reflector().version(), state, attempt, now);
    }

    private void settled(String outcome, SummaryCall.Completion completion, long now) {
        model.metrics()
                .settled(
                        outcome,
                        Duration.ofMillis(now - completion.call().owed().getSince()));
    }

    private void save(SummaryCall.Completion completion, SessionEntry entry) {
        var key = completion.call().session();
        store.put(entry.getUserKey(), key, entry.getProgress());
        index(key, entry.getProgress());
    }
}
