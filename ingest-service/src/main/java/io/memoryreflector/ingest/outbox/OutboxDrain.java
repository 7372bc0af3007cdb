package io.memoryreflector.ingest.outbox;

import io.memoryreflector.ingest.log.InteractionLog;
import io.memoryreflector.ingest.log.KafkaProbe;
import io.memoryreflector.ingest.redis.Acceptances;
import io.memoryreflector.schemas.erasure.Erasures;
import io.memoryreflector.schemas.trace.LogFields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Sends on what is in the outbox, and is the one who finds out that Kafka is back.
 *
 * <p>Order: entries are sent in their order by a producer that keeps it and never gives up, and where one was not sent,
 * none of its user behind it is. An entry is deleted after Kafka's acknowledgement only. What an earlier process sent
 * without an answer is repeated: the first of the two that the log has stands before whatever the user was told of
 * later, and the topology drops the second by its id.
 *
 * <p>Threading: one thread, from {@link #start} to {@link #stop}.
 */
@Component
final class OutboxDrain implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxDrain.class);
    private static final int PAGE = 256;

    /** How long a turn waits for a page; what is not acknowledged by then is asked after in the next turn. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What Kafka has not acknowledged in this time is sent once more. */
    private static final Duration LOST = Duration.ofDays(1);

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final Outbox outbox;
    private final InteractionLog log;
    private final KafkaProbe probe;
    private final Acceptances acceptances;
    private final Erasures erasures;

    /** Places of what Kafka refuses for its own sake; tried again after a restart. */
    private final Set<Long> refused = ConcurrentHashMap.newKeySet();

    /** Places of what the log has and the disk would not delete: not to be sent again and again. */
    private final Set<Long> undeleted = new HashSet<>();

    /** What was sent and not answered, by place: a page at most. Not sent again as long as it stands here. */
    private final Map<Long, Sending> underWay = new HashMap<>();

    private final CountDownLatch stopping = new CountDownLatch(1);
    private int erasuresSeen;
    private Thread thread;

    OutboxDrain(Outbox outbox, InteractionLog log, KafkaProbe probe, Acceptances acceptances, Erasures erasures) {
        this.outbox = outbox;
        this.log = log;
        this.probe = probe;
        this.acceptances = acceptances;
        this.erasures = erasures;
    }

    /** How many entries stay because Kafka refuses them for their own sake, or because they cannot be read. */
    int refused() {
        return refused.size();
    }

    @Override
    public void start() {
        thread = new Thread(this::run, "outbox-drain");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void stop() {
        stopping.countDown();
        try {
            thread.join(CLOSING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null && thread.isAlive();
    }

    /** After the log was prepared on the way up, before its producer closes on the way down. */
    @Override
    public int getPhase() {
        return 1;
    }

    private void run() {
        try {
            do {
                try {
                    turn();
                } catch (RuntimeException e) {
                    LOG.error("outbox: a turn failed, the next one follows", e);
                }
            } while (!stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks after disk and Kafka, and sends on whatever can be sent on. */
    private void turn() {
        outbox.mend();
        forget();
        if (probe.isKafkaThere() && outbox.depth() > refused.size()) {
            var before = outbox.depth();
            sendOn();
            if (outbox.depth() != before) {
                LOG.info("outbox: {} interactions waited, {} still wait", before, outbox.depth());
            }
        }
    }

    /** Goes through all that waits once more is to be forgotten, also through what Kafka refuses. */
    private void forget() {
        var changes = erasures.changesSince(erasuresSeen, Integer.MAX_VALUE - erasuresSeen);
        var place = 0L;
        while (!changes.users().isEmpty() && stopping.getCount() > 0) {
            var page = outbox.after(place, PAGE);
            if (page.isEmpty()) {
                break;
            }
            withoutForgotten(page);
            place = page.get(page.size() - 1).place();
        }
        erasuresSeen = changes.next();
    }

    /** What is on its way to Kafka stays until it is there, and is dropped behind it. */
    private List<Entry> withoutForgotten(List<Entry> page) {
        var gone = page.stream()
                .filter(entry -> erasures.touches(entry.spooled().user()))
                .filter(entry -> !underWay.containsKey(entry.place()))
                .filter(entry -> erasures.covers(outbox.handed(entry.spooled())))
                .toList();
        if (gone.isEmpty()) {
            return page;
        }
        outbox.forget(gone);
        gone.forEach(entry -> refused.remove(entry.place()));
        LOG.info("outbox: {} interactions were to be forgotten", gone.size());
        return page.stream().filter(entry -> !gone.contains(entry)).toList();
    }

    private void sendOn() {
        var held = new HashSet<String>();
        var place = 0L;
        while (stopping.getCount() > 0 && log.isOpen()) {
            var page = outbox.after(place, PAGE);
            delete(page, sendOn(withoutForgotten(page), held));
            if (page.isEmpty() || page.stream().anyMatch(entry -> underWay.containsKey(entry.place()))) {
                return;
            }
            place = page.get(page.size() - 1).place();
        }
    }

    private void delete(List<Entry> page, List<Entry> taken) {
        taken.forEach(entry -> undeleted.add(entry.place()));
        var known =
                page.stream().filter(entry -> undeleted.contains(entry.place())).toList();
        if (outbox.delete(known)) {
            known.forEach(entry -> undeleted.remove(entry.place()));
        }
    }

    /**
     * Sends a page in its order, and waits for it.
     *
     * @param held users of whom something was not sent; what they have behind it waits for the next turn
     * @return what the log has taken
     */
    private List<Entry> sendOn(List<Entry> page, Set<String> held) {
        var sendings = new ArrayList<Sending>();
        for (var entry : page) {
            if (!refused.contains(entry.place())
                    && !undeleted.contains(entry.place())
                    && !held.contains(entry.spooled().user())) {
                var sending = underWay.computeIfAbsent(entry.place(), place -> send(entry));
                sendings.add(sending);
                if (sending.fate() == Fate.NOT_SENT) {
                    held.add(entry.spooled().user());
                }
            }
        }
        var all = sendings.stream().map(Sending::acknowledged).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(all)
                .handle((ok, failure) -> null)
                .completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        return settled(sendings);
    }

    private List<Entry> settled(List<Sending> sendings) {
        var taken = new ArrayList<Entry>();
        for (var sending : sendings) {
            var fate = sending.fate();
            if (fate != Fate.UNDER_WAY) {
                underWay.remove(sending.entry.place());
            }
            if (fate == Fate.TAKEN) {
                taken.add(sending.entry);
            } else if (fate == Fate.REFUSED) {
                refuse(sending.entry);
            }
        }
        return taken;
    }

    private Sending send(Entry entry) {
        try {
            var interaction = outbox.interaction(entry.spooled());
            return new Sending(
                    entry,
                    log.append(interaction, entry.spooled().headers(), LOST)
                            .thenRun(() -> acceptances.acknowledged(interaction)));
        } catch (SerializationException unknownSchema) {
            return new Sending(entry, CompletableFuture.failedFuture(new Unreadable(unknownSchema)));
        }
    }

    private void refuse(Entry entry) {
        refused.add(entry.place());
        LogFields.with(
                entry.spooled().interactionId(),
                entry.spooled().user(),
                entry.spooled().headers().traceparent().orElse(null),
                () -> LOG.error(
                        "outbox: interaction {} stays here, because Kafka refuses it or this version cannot read it",
                        entry.spooled().interactionId()));
    }

    private enum Fate {
        UNDER_WAY,
        TAKEN,
        REFUSED,
        NOT_SENT
    }

    private record Sending(Entry entry, CompletableFuture<Void> acknowledged) {

        /** How it stands now. */
        Fate fate() {
            if (!acknowledged.isDone()) {
                return Fate.UNDER_WAY;
            }
            try {
                acknowledged.join();
                return Fate.TAKEN;
            } catch (CompletionException failure) {
                return failure.getCause() instanceof Unreadable || InteractionLog.isHopeless(failure)
                        ? Fate.REFUSED
                        : Fate.NOT_SENT;
            }
        }
    }

    /** A version of the program that is not this one wrote the entry. */
    private static final class Unreadable extends RuntimeException {

        Unreadable(SerializationException cause) {
            super(cause);
        }
    }
}
