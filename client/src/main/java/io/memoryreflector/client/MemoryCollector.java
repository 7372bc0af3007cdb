package io.memoryreflector.client;

import io.memoryreflector.client.OperationResult.Reason;
import io.memoryreflector.client.buffer.Buffer;
import io.memoryreflector.client.buffer.Operation;
import io.memoryreflector.client.event.DraftMapping;
import io.memoryreflector.client.http.HttpTransport;
import io.memoryreflector.client.kafka.KafkaTransport;
import io.memoryreflector.client.sending.Repeats;
import io.memoryreflector.client.sending.Results;
import io.memoryreflector.client.sending.Sender;
import io.memoryreflector.client.sending.Transport;
import io.memoryreflector.client.spill.Spill;
import io.memoryreflector.schemas.UserKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes interactions and hands them to the log, fire and forget: {@code collect} returns at once, whatever Kafka does.
 * What is wrong with an interaction, and what became of it, is told to listeners and counted; {@code collect} throws for
 * null alone.
 *
 * <p>What is in memory is lost when the process dies; what was told as {@link OperationResult.Spilled} is not. The
 * interactions of one user reach the log in the order in which one thread has handed them over.
 *
 * <p>Thread-safe. Make one for an application and close it at its end.
 */
public final class MemoryCollector implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryCollector.class);
    private static final long WAITING_STEP = Duration.ofMillis(1).toNanos();

    private final CollectorSettings settings;
    private final OperationIds ids = new OperationIds();
    private final Buffer buffer;
    private final Repeats repeats;
    private final Results results;
    private final Optional<Spill> spill;
    private final Sender sender;
    private volatile boolean closed;

    /** A caller's own id; another user's equal one is another interaction. */
    private record GivenId(String namespace, String userId, String interactionId) {}

    private MemoryCollector(Target target, CollectorSettings settings, List<CollectorListener> listeners) {
        this.settings = settings;
        this.buffer = new Buffer(settings.bufferEntries(), settings.bufferBytes());
        this.repeats = new Repeats(settings.repeatEntries(), settings.repeatTtl());
        this.results = new Results(listeners, repeats, settings.slowAfter());
        this.spill = settings.whenFull() instanceof WhenFull.Spill to
                ? Optional.of(new Spill(to.folder(), to.maxBytes()))
                : Optional.empty();
        this.sender = new Sender(
                buffer, new DraftMapping(settings.limits()), transport(target), spill, results, settings.inFlight());
    }

    /** A collector that has begun to send. Does not wait for the target, which may be away. */
    public static MemoryCollector start(Target target, CollectorSettings settings, CollectorListener... listeners) {
        var collector = new MemoryCollector(
                Objects.requireNonNull(target, "target"),
                Objects.requireNonNull(settings, "settings"),
                List.of(listeners));
        collector.sender.start();
        return collector;
    }

    /**
     * Hands over an interaction. Where the draft has an id of the caller's, a repeat of it within the cache's time is not
     * sent again.
     *
     * @return the interaction's id: the caller's own, or a new one
     */
    public OperationId collect(InteractionDraft draft) {
        var id = draft.interactionId();
        return id == null ? collect(draft, null) : collect(draft, new GivenId(draft.namespace(), draft.userId(), id));
    }

    /** Hands over one exchange: what the user said and what the assistant answered. */
    public OperationId collect(String userId, String userMessage, String assistantResponse) {
        return collect(InteractionDraft.of(userId, userMessage, assistantResponse));
    }

    /** Hands over a report of a bug; see {@link #report}. */
    public OperationId collectBug(String userId, String text) {
        return report(Category.BUG, userId, text, Map.of());
    }

    /** Hands over someone's opinion; see {@link #report}. */
    public OperationId collectFeedback(String userId, String text) {
        return report(Category.FEEDBACK, userId, text, Map.of());
    }

    /** Hands over an error; see {@link #report}. */
    public OperationId collectError(String userId, String text) {
        return report(Category.ERROR, userId, text, Map.of());
    }

    /** Hands over an observation of speed; see {@link #report}. */
    public OperationId collectPerformance(String userId, String text) {
        return report(Category.PERFORMANCE, userId, text, Map.of());
    }

    /** Hands over something about how the system is built; see {@link #report}. */
    public OperationId collectArchitecture(String userId, String text) {
        return report(Category.ARCHITECTURE, userId, text, Map.of());
    }

    /** Hands over an observation of security; see {@link #report}. */
    public OperationId collectSecurity(String userId, String text) {
        return report(Category.SECURITY, userId, text, Map.of());
    }

    /** Hands over what was decided; see {@link #report}. */
    public OperationId collectDecision(String userId, String text) {
        return report(Category.DECISION, userId, text, Map.of());
    }

    /**
     * Hands over a report. Unlike in a chat, where a second "yes" is a second answer, the same report within the cache's
     * time is a repeat and is not sent again.
     *
     * @return the report's id, or that of the one which it repeats
     */
    public OperationId report(Category category, String userId, String text, Map<String, String> metadata) {
        var draft = new InteractionDraft(
                UserKey.DEFAULT_NAMESPACE,
                userId,
                null,
                null,
                List.of(DraftMessage.user(text)),
                null,
                null,
                category.toString(),
                metadata);
        return collect(draft, draft);
    }

    /** The counts of now. */
    public Statistics statistics() {
        var counts = results.counts();
        return new Statistics(
                counts.collected(),
                counts.sent(),
                counts.refused(),
                counts.duplicates(),
                counts.dropped(),
                counts.spilled(),
                counts.cacheHits(),
                counts.cacheMisses(),
                counts.slow(),
                counts.retries(),
                buffer.size(),
                sender.inFlight(),
                spill.map(Spill::entries).orElse(0L),
                counts.sentTime());
    }

    /** How it stands now. */
    public Health health() {
        var fault = sender.fault();
        if (closed) {
            return new Health(Health.State.CLOSED, fault);
        }
        if (buffer.isFull()) {
            return new Health(Health.State.FULL, fault);
        }
        return new Health(fault.isPresent() ? Health.State.WAITING : Health.State.UP, fault);
    }

    /** Closes within the time that the settings say; logs what could not be sent. */
    @Override
    public void close() {
        close(settings.closeWithin());
    }

    /**
     * Takes nothing more, and waits until all that was collected is answered for, or for so long. What is left then goes
     * to disk where the settings spill; the rest is in the report. A second call reports what the first has left.
     */
    public synchronized CloseReport close(Duration within) {
        var first = !closed;
        closed = true;
        var before = results.counts().sent();
        var left = sender.close(within);
        var report = new CloseReport(
                results.counts().sent() - before,
                spill.map(Spill::entries).orElse(0L),
                left.dropped(),
                left.unconfirmed());
        if (first && !report.isComplete()) {
            LOG.warn(
                    "memory collector: closed with {} interactions not sent and {} not answered",
                    report.dropped().size(),
                    report.unconfirmed().size());
        }
        return report;
    }

    private OperationId collect(InteractionDraft draft, Object repeatKey) {
        var millis = System.currentTimeMillis();
        var id = draft.interactionId() == null ? ids.next(millis) : OperationId.of(draft.interactionId());
        results.collected();
        if (repeatKey != null) {
            var first = repeats.firstOf(repeatKey, id);
            results.lookedUp(first != null);
            if (first != null) {
                results.repeated(id, first);
                return first;
            }
        }
        var operation = new Operation(id, draft, millis, repeatKey);
        if (closed) {
            results.dropped(operation, Reason.CLOSED);
        } else if (!buffer.offer(operation)) {
            offerToFull(operation);
        }
        if (sender.hasEnded()) {
            sender.discard();
        }
        return id;
    }

    private void offerToFull(Operation operation) {
        var whenFull = settings.whenFull();
        if (whenFull instanceof WhenFull.DropOldest) {
            displace(operation);
        } else if (whenFull instanceof WhenFull.Block block) {
            awaitRoom(operation, block.atMost());
        } else {
            results.dropped(operation, Reason.BUFFER_FULL);
        }
    }

    /** Bounded, because the others take the room as well. */
    private void displace(Operation operation) {
        for (var i = 0; i < settings.bufferEntries(); i++) {
            var oldest = buffer.poll();
            if (oldest != null) {
                results.dropped(oldest, Reason.DISPLACED);
            }
            if (buffer.offer(operation)) {
                return;
            }
        }
        results.dropped(operation, Reason.BUFFER_FULL);
    }

    private void awaitRoom(Operation operation, Duration atMost) {
        var deadline = System.nanoTime() + atMost.toNanos();
        while (!closed && !Thread.currentThread().isInterrupted() && deadline - System.nanoTime() > 0) {
            LockSupport.parkNanos(this, WAITING_STEP);
            if (buffer.offer(operation)) {
                return;
            }
        }
        results.dropped(operation, Reason.WAITED_IN_VAIN);
    }

    private Transport transport(Target target) {
        return target instanceof Target.Kafka kafka
                ? new KafkaTransport(kafka, settings, results)
                : new HttpTransport((Target.Http) target, settings, results);
    }
}
