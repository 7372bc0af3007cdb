package io.memoryreflector.client.sending;

import io.memoryreflector.client.OperationId;
import io.memoryreflector.client.OperationResult.Reason;
import io.memoryreflector.client.buffer.Buffer;
import io.memoryreflector.client.event.DraftMapping;
import io.memoryreflector.client.event.InvalidDraft;
import io.memoryreflector.client.spill.Spill;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes operations from the buffer, makes events of them and hands them to the transport, in the order in which they
 * came. With a spill, what cannot leave goes to disk before the buffer is full, and whatever comes then goes behind it.
 *
 * <p>Threading: one thread of its own does all the work; the rest is for any thread.
 */
public final class Sender {

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final int PAGE = 512;

    /** Callers that are quicker than the disk must not keep it from sending. */
    private static final int PAGES_A_TURN = 8;

    /** How long what waits may wait in memory, where a spill can take it, when nothing leaves. */
    private static final long STALLED = Duration.ofSeconds(1).toNanos();

    /** An answer that is this late says that something is wrong. */
    private static final long LATE = Duration.ofSeconds(5).toNanos();

    private static final long TICK = Duration.ofMillis(1).toNanos();
    private static final int TICKS_UNTIL_IDLE = 200;
    private static final long IDLE = Duration.ofMillis(100).toNanos();

    private final Buffer buffer;
    private final DraftMapping mapping;
    private final Transport transport;
    private final Optional<Spill> spill;
    private final Results results;
    private final int mostInFlight;
    private final Thread thread = new Thread(this::run, "memory-collector");

    /** Read from disk, not yet taken by the transport. */
    private final Deque<Outgoing> fromDisk = new ArrayDeque<>();

    /** Made of what was in the buffer, neither on disk nor taken by the transport; behind all that is on disk. */
    private final Deque<Outgoing> fromMemory = new ArrayDeque<>();

    /** Taken by the transport, in order, until the first of them is settled. */
    private final Deque<Outgoing> window = new ArrayDeque<>();

    private long lastProgress = System.nanoTime();
    private long lastAnswer = System.nanoTime();
    private int idleTicks;
    private volatile long deadline;
    private volatile boolean closing;
    private volatile boolean ended;
    private volatile boolean late;
    private volatile int inFlight;
    private volatile Left left = new Left(List.of(), List.of());

    public Sender(
            Buffer buffer,
            DraftMapping mapping,
            Transport transport,
            Optional<Spill> spill,
            Results results,
            int mostInFlight) {
        this.buffer = buffer;
        this.mapping = mapping;
        this.transport = transport;
        this.spill = spill;
        this.results = results;
        this.mostInFlight = mostInFlight;
        thread.setDaemon(true);
    }

    /**
     * What closing has left in memory.
     *
     * @param dropped had not left this process
     * @param unconfirmed were sent and not answered
     */
    public record Left(List<OperationId> dropped, List<OperationId> unconfirmed) {}

    /** Begins to send. */
    public void start() {
        thread.start();
    }

    /** Whether nothing is taken from the buffer any more. */
    public boolean hasEnded() {
        return ended;
    }

    /** How many have left the buffer and are neither settled nor on disk alone. From any thread. */
    public int inFlight() {
        return inFlight;
    }

    /** What is wrong; empty where nothing is known to be. From any thread. */
    public Optional<String> fault() {
        return transport
                .fault()
                .or(() -> spill.flatMap(Spill::fault))
                .or(() -> late ? Optional.of("no answer for more than 5 s") : Optional.empty());
    }

    /** Sends what is there, for so long, and ends. Whoever is interrupted here waits no longer for answers. */
    public Left close(Duration within) {
        deadline = System.nanoTime() + within.toNanos();
        closing = true;
        var interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
                deadline = System.nanoTime();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return left;
    }

    /** Drops what came into the buffer after the end. From any thread. */
    public List<OperationId> discard() {
        var discarded = new ArrayList<OperationId>();
        for (var operation = buffer.poll(); operation != null; operation = buffer.poll()) {
            results.dropped(operation, Reason.CLOSED);
            discarded.add(operation.id());
        }
        return discarded;
    }

    private void run() {
        try {
            while (!closing || isWorkLeft() && deadline - System.nanoTime() > 0) {
                try {
                    pause(turn());
                } catch (RuntimeException e) {
                    LOG.error("memory collector: a turn failed, the next one follows", e);
                    LockSupport.parkNanos(IDLE);
                }
            }
        } finally {
            end();
        }
    }

    private boolean isWorkLeft() {
        return !buffer.isEmpty() || !fromMemory.isEmpty() || !fromDisk.isEmpty() || !window.isEmpty();
    }

    /** Whether something has moved. */
    private boolean turn() {
        var answered = prune();
        var waiting = next();
        var batch = first(waiting, mostInFlight - window.size());
        var taken = transport.send(batch);
        for (var i = 0; i < taken; i++) {
            window.add(waiting.poll());
        }
        if (taken > 0 || waiting.isEmpty()) {
            lastProgress = System.nanoTime();
        }
        spill.ifPresent(this::relieve);
        inFlight = window.size() + fromMemory.size();
        late = !window.isEmpty() && System.nanoTime() - lastAnswer > LATE;
        return answered || taken > 0;
    }

    /** Drops what is settled from the front of the window, and from the disk. */
    private boolean prune() {
        var before = window.size();
        while (!window.isEmpty() && window.peek().isSettled()) {
            var stored = window.poll().stored();
            if (stored != null) {
                spill.orElseThrow().forget(stored);
            }
        }
        spill.ifPresent(Spill::sweep);
        if (before == 0 || window.size() < before) {
            lastAnswer = System.nanoTime();
        }
        return window.size() < before;
    }

    /** What is to be sent next: from the disk first, because it came earlier. */
    private Deque<Outgoing> next() {
        if (fromDisk.isEmpty() && spill.isPresent() && spill.get().hasUnread()) {
            for (var stored : spill.get().next(PAGE)) {
                var id = OperationId.of(stored.interaction().getInteractionId());
                fromDisk.add(new Outgoing(id, stored.interaction(), null, stored));
            }
        }
        if (!fromDisk.isEmpty()) {
            return fromDisk;
        }
        takeFromBuffer();
        return fromMemory;
    }

    private static List<Outgoing> first(Deque<Outgoing> waiting, int most) {
        return waiting.size() <= most
                ? List.copyOf(waiting)
                : waiting.stream().limit(Math.max(most, 0)).toList();
    }

    private void takeFromBuffer() {
        while (fromMemory.size() < PAGE) {
            var operation = buffer.poll();
            if (operation == null) {
                return;
            }
            try {
                fromMemory.add(new Outgoing(operation.id(), mapping.map(operation), operation.repeatKey(), null));
            } catch (InvalidDraft wrong) {
                results.refused(operation, wrong.field(), wrong.getMessage());
            }
        }
    }

    /** Moves what waits in memory to disk when it is much, or when nothing leaves. */
    private void relieve(Spill disk) {
        var stalled = System.nanoTime() - lastProgress > STALLED;
        for (var page = 0; page < PAGES_A_TURN && (stalled || buffer.isHalfFull()); page++) {
            if (!spillPage(disk)) {
                return;
            }
        }
    }

    /** Whether something of what stands first in memory has gone to disk. */
    private boolean spillPage(Spill disk) {
        if (fromMemory.isEmpty()) {
            takeFromBuffer();
        }
        var spilled = disk.append(fromMemory.stream().map(Outgoing::interaction).toList());
        for (var i = 0; i < spilled; i++) {
            results.spilled(fromMemory.poll().id());
        }
        return spilled > 0;
    }

    private void pause(boolean moved) {
        if (moved) {
            idleTicks = 0;
        } else if (isWorkLeft() || ++idleTicks < TICKS_UNTIL_IDLE) {
            LockSupport.parkNanos(TICK);
        } else {
            buffer.sleepWhileEmpty(IDLE);
        }
    }

    private void end() {
        transport.abandon();
        prune();
        spill.ifPresent(this::keep);
        var unconfirmed = new ArrayList<OperationId>();
        var dropped = new ArrayList<OperationId>();
        for (var outgoing : unanswered()) {
            results.dropped(outgoing, outgoing.hasLeft() ? Reason.UNCONFIRMED : Reason.CLOSED);
            (outgoing.hasLeft() ? unconfirmed : dropped).add(outgoing.id());
        }
        for (var outgoing : fromMemory) {
            results.dropped(outgoing, Reason.CLOSED);
            dropped.add(outgoing.id());
        }
        ended = true;
        dropped.addAll(discard());
        inFlight = 0;
        left = new Left(dropped, unconfirmed);
    }

    /** Writes to disk what would be lost, also what was sent without an answer: the log drops a repeat by its id. */
    private void keep(Spill disk) {
        var unanswered = unanswered();
        var kept = disk.append(unanswered.stream().map(Outgoing::interaction).toList());
        for (var outgoing : unanswered.subList(0, kept)) {
            outgoing.settle();
            results.spilled(outgoing.id());
        }
        if (kept == unanswered.size()) {
            while (spillPage(disk)) {
                // Until all is on disk, or no more has room.
            }
        }
        disk.close();
    }

    /** What the transport has taken and neither the log nor the disk is known to have. */
    private List<Outgoing> unanswered() {
        return window.stream()
                .filter(outgoing -> outgoing.stored() == null && !outgoing.isSettled())
                .toList();
    }
}
