package io.memoryreflector.streams.session;

import io.memoryreflector.reflection.session.SessionRequest;
import io.memoryreflector.state.OwedSummary;
import io.memoryreflector.streams.admission.Admission;
import io.memoryreflector.streams.metrics.LaneMetrics;
import io.memoryreflector.streams.reflect.Circuit;
import io.memoryreflector.streams.reflect.LaneSpans;
import io.memoryreflector.streams.reflect.Permits;
import io.memoryreflector.streams.reflect.ReflectProcessor;
import io.memoryreflector.streams.reflect.TimedCalls;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;

/**
 * Asks a model for sessions beside the stream thread: as many at once as permits, circuit and admission let through, in
 * this order, and none twice at once.
 *
 * <p>Threading: all methods but those of {@link LaneMetrics.Stage} belong to the stream thread. Only the queue of
 * completions and the permits are touched by others. A call that outlives this object comes back to nobody, while the
 * store still knows what is owed.
 */
final class SummaryCalls implements LaneMetrics.Stage {

    /** A provider that fails is left alone for so long; then its circuit says whether it may be asked. */
    private static final long PAUSE_MS = 1_000;

    private static final long OLDEST_EVERY_MS = 1_000;
    private static final int AT_ONCE = 100;
    private static final int BYTES_A_TOKEN = 4;

    private final SessionProcessor.Model model;
    private final Admission admission;
    private final TimedCalls calls;
    private final SessionSpans spans;
    private final OwedSummaries owed = new OwedSummaries();
    private final Queue<SummaryCall.Completion> completions = new ConcurrentLinkedQueue<>();
    private long oldestReadAt;

    private volatile int pending;
    private volatile long oldestSince = Long.MAX_VALUE;

    SummaryCalls(SessionProcessor.Model model, ReflectProcessor.Shared shared) {
        this.model = model;
        this.admission = shared.admission();
        this.calls = shared.calls();
        this.spans = new SessionSpans(shared.tracing(), model);
    }

    @Override
    public int pending() {
        return pending;
    }

    @Override
    public long oldestPendingSince() {
        return oldestSince;
    }

    /** Takes note of what a session is owed; null for nothing. */
    void set(Bytes session, OwedSummary what) {
        owed.set(session, what);
        pending = owed.size();
    }

    /** The provider has failed and not the session, which is still owed what it was. */
    void pause(Bytes session, long now) {
        owed.hold(session, now + PAUSE_MS);
    }

    /**
     * Starts what may start.
     *
     * @param sessions tells what is to be asked about a session; empty if nothing is left of it
     */
    void dispatch(long now, Function<Bytes, Optional<SummaryCall>> sessions) {
        for (int i = 0; i < AT_ONCE && owed.hasNext(now); i++) {
            var permit = model.permits().tryAcquire();
            if (permit.isEmpty() || !startNext(permit.get(), now, sessions)) {
                break;
            }
        }
        publish(now);
    }

    /** Starts a call, or gives the permit back; false if it is no use to try the next one. */
    private boolean startNext(Permits.Permit permit, long now, Function<Bytes, Optional<SummaryCall>> sessions) {
        var call = model.circuit().begin();
        if (call.isEmpty()) {
            permit.release();
            return false;
        }
        var session = owed.next(now).orElseThrow();
        var summary = sessions.apply(session);
        if (summary.isEmpty()) {
            giveBack(permit, call.get());
            owed.done(session);
            set(session, null);
            return true;
        }
        var request = summary.get().request();
        var tokens = tokens(request);
        var verdict = admission.ask(request.extract().getNamespace(), tokens, now);
        if (verdict instanceof Admission.Granted) {
            start(summary.get(), permit, call.get(), tokens);
            return true;
        }
        giveBack(permit, call.get());
        if (verdict instanceof Admission.NotBefore notBefore) {
            owed.hold(session, notBefore.until());
            return true;
        }
        owed.hold(session, now);
        return false;
    }

    private static void giveBack(Permits.Permit permit, Circuit.Call call) {
        call.release();
        permit.release();
    }

    private void start(SummaryCall summary, Permits.Permit permit, Circuit.Call call, int tokens) {
        var attempt = spans.begin(summary);
        var span = spans.call(attempt);
        calls.start(() -> model.reflector().reflect(summary.request()), (reflection, took) -> {
            permit.release();
            LaneSpans.called(span, reflection);
            call.ended(reflection, took);
            admission.settle(tokens, reflection.usage());
            completions.add(new SummaryCall.Completion(summary, reflection, took, attempt));
        });
    }

    /** Hands over the calls that have come back, each of which may be asked for again from then on. */
    void drain(Consumer<SummaryCall.Completion> settle) {
        for (var completion = completions.poll(); completion != null; completion = completions.poll()) {
            model.metrics().took(completion.took());
            owed.done(completion.call().session());
            settle.accept(completion);
            // That of an answer which nobody waits for any more.
            LaneSpans.settled(completion.span(), "unsettled");
        }
    }

    private int tokens(SessionRequest request) {
        var bytes = request.lines().stream()
                .mapToLong(line -> line.text().getBytes(StandardCharsets.UTF_8).length)
                .sum();
        return (int) Math.min(request.tokens(), bytes / BYTES_A_TOKEN + 1);
    }

    private void publish(long now) {
        pending = owed.size();
        if (pending == 0) {
            oldestSince = Long.MAX_VALUE;
        } else if (now - oldestReadAt >= OLDEST_EVERY_MS) {
            oldestSince = owed.oldest();
            oldestReadAt = now;
        }
    }
}
