package io.memoryreflector.client.sending;

import io.memoryreflector.client.CollectorListener;
import io.memoryreflector.client.OperationId;
import io.memoryreflector.client.OperationResult;
import io.memoryreflector.client.OperationResult.Dropped;
import io.memoryreflector.client.OperationResult.Duplicate;
import io.memoryreflector.client.OperationResult.Position;
import io.memoryreflector.client.OperationResult.Reason;
import io.memoryreflector.client.OperationResult.Refused;
import io.memoryreflector.client.OperationResult.Sent;
import io.memoryreflector.client.OperationResult.Spilled;
import io.memoryreflector.client.buffer.Operation;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What became of operations: counted, and told to listeners. Each method is one result. Thread-safe. */
public final class Results {

    private static final Logger LOG = LoggerFactory.getLogger(Results.class);

    private final List<CollectorListener> listeners;
    private final Repeats repeats;
    private final long slowMillis;
    private final LongAdder collected = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder sentMillis = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private final Map<Reason, LongAdder> dropped = new EnumMap<>(Reason.class);
    private final LongAdder spilled = new LongAdder();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder slow = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final AtomicBoolean listenerFailed = new AtomicBoolean();

    public Results(List<CollectorListener> listeners, Repeats repeats, Duration slowAfter) {
        this.listeners = List.copyOf(listeners);
        this.repeats = repeats;
        this.slowMillis = slowAfter.toMillis();
        for (var reason : Reason.values()) {
            dropped.put(reason, new LongAdder());
        }
    }

    /** An operation was handed over. */
    public void collected() {
        collected.increment();
    }

    /** The cache of repeats was asked. */
    public void lookedUp(boolean hit) {
        (hit ? hits : misses).increment();
    }

    /** It repeats another one, and was not sent. */
    public void repeated(OperationId id, OperationId first) {
        duplicates.increment();
        if (!listeners.isEmpty()) {
            tell(new Duplicate(id, first));
        }
    }

    /** It was given up before it was sent. */
    public void dropped(Operation operation, Reason reason) {
        dropped(operation.id(), operation.repeatKey(), reason);
    }

    /** It was given up. */
    public void dropped(Outgoing outgoing, Reason reason) {
        if (outgoing.settle()) {
            dropped(outgoing.id(), outgoing.repeatKey(), reason);
        }
    }

    /** It can be no interaction. */
    public void refused(Operation operation, String field, String message) {
        refused(operation.id(), operation.repeatKey(), field, message);
    }

    /** It was refused for its own sake. */
    public void refused(Outgoing outgoing, String field, String message) {
        if (outgoing.settle()) {
            refused(outgoing.id(), outgoing.repeatKey(), field, message);
        }
    }

    /** The log has it. */
    public void sent(Outgoing outgoing, Optional<Position> position) {
        if (outgoing.settle()) {
            var millis = System.currentTimeMillis() - outgoing.epochMillis();
            sent.increment();
            sentMillis.add(millis);
            if (millis > slowMillis) {
                slow.increment();
                each(listener -> listener.onSlow(outgoing.id(), Duration.ofMillis(millis)));
            }
            if (!listeners.isEmpty()) {
                tell(new Sent(outgoing.id(), position, Duration.ofMillis(millis)));
            }
        }
    }

    /** The log has had it before it was sent. */
    public void duplicate(Outgoing outgoing) {
        if (outgoing.settle()) {
            repeated(outgoing.id(), outgoing.id());
        }
    }

    /** It is on disk. */
    public void spilled(OperationId id) {
        spilled.increment();
        tell(new Spilled(id));
    }

    /** An attempt to send has failed, and another one follows. */
    public void retried() {
        retries.increment();
    }

    /** The counts that are kept here, without those of what waits. */
    public Counts counts() {
        var drops = new EnumMap<Reason, Long>(Reason.class);
        dropped.forEach((reason, count) -> drops.put(reason, count.sum()));
        return new Counts(
                collected.sum(),
                sent.sum(),
                refused.sum(),
                duplicates.sum(),
                drops,
                spilled.sum(),
                hits.sum(),
                misses.sum(),
                slow.sum(),
                retries.sum(),
                Duration.ofMillis(sentMillis.sum()));
    }

    /** See {@link io.memoryreflector.client.Statistics}. */
    public record Counts(
            long collected,
            long sent,
            long refused,
            long duplicates,
            Map<Reason, Long> dropped,
            long spilled,
            long cacheHits,
            long cacheMisses,
            long slow,
            long retries,
            Duration sentTime) {}

    private void dropped(OperationId id, Object repeatKey, Reason reason) {
        forget(repeatKey);
        dropped.get(reason).increment();
        if (!listeners.isEmpty()) {
            tell(new Dropped(id, reason));
        }
    }

    private void refused(OperationId id, Object repeatKey, String field, String message) {
        forget(repeatKey);
        refused.increment();
        tell(new Refused(id, field, message));
    }

    private void forget(Object repeatKey) {
        if (repeatKey != null) {
            repeats.forget(repeatKey);
        }
    }

    private void tell(OperationResult result) {
        each(listener -> listener.onResult(result));
    }

    private void each(Consumer<CollectorListener> call) {
        for (var listener : listeners) {
            try {
                call.accept(listener);
            } catch (RuntimeException e) {
                if (listenerFailed.compareAndSet(false, true)) {
                    LOG.warn("memory collector: a listener failed, which has no effect; told once", e);
                }
            }
        }
    }
}
