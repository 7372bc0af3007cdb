package io.memoryreflector.ingest.outbox;

import io.memoryreflector.ingest.log.InteractionLog;
import io.memoryreflector.ingest.log.KafkaProbe;
import io.memoryreflector.ingest.redis.Acceptances;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
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
 * <p>Order: of each user one interaction at a time is under way, the oldest, so that nothing a producer does with
 * timeouts and repeats can turn two of them round; many users are under way together. An entry is deleted after Kafka's
 * acknowledgement only. A send whose fate is unknown is repeated: the first of the two that the log has stands before
 * whatever the user was told of later, and the topology drops the second by its id.
 *
 * <p>Threading: one thread, from {@link #start} to {@link #stop}.
 */
@Component
final class OutboxDrain implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxDrain.class);
    private static final int PAGE = 256;

    /** Above the producer's own bound, which ends every send. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final Outbox outbox;
    private final InteractionLog log;
    private final KafkaProbe probe;
    private final Acceptances acceptances;

    /** Places of what Kafka refuses for its own sake; tried again after a restart. */
    private final Set<Long> refused = ConcurrentHashMap.newKeySet();

    /** Places of what the log has and the disk would not delete: not to be sent again and again. */
    private final Set<Long> undeleted = new HashSet<>();

    private final CountDownLatch stopping = new CountDownLatch(1);
    private Thread thread;

    OutboxDrain(Outbox outbox, InteractionLog log, KafkaProbe probe, Acceptances acceptances) {
        this.outbox = outbox;
        this.log = log;
        this.probe = probe;
        this.acceptances = acceptances;
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
        if (probe.isKafkaThere() && outbox.depth() > refused.size()) {
            var before = outbox.depth();
            sendOn();
            if (outbox.depth() != before) {
                LOG.info("outbox: {} interactions waited, {} still wait", before, outbox.depth());
            }
        }
    }

    private void sendOn() {
        var held = new HashSet<String>();
        var place = 0L;
        while (stopping.getCount() > 0 && log.isOpen()) {
            var page = outbox.after(place, PAGE);
            if (page.isEmpty()) {
                return;
            }
            delete(page, sendOn(page, held));
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
     * Sends a page, round by round.
     *
     * @param held users whose turn has failed; what they have behind it waits for the next pass
     * @return what the log has taken
     */
    private List<Entry> sendOn(List<Entry> page, Set<String> held) {
        var rest = new LinkedHashSet<>(page);
        rest.removeIf(entry -> refused.contains(entry.place()) || undeleted.contains(entry.place()));
        var taken = new ArrayList<Entry>();
        while (log.isOpen()) {
            var round = firstOfEachUser(rest, held).stream().map(this::send).toList();
            if (round.isEmpty()) {
                break;
            }
            for (var sending : round) {
                var entry = sending.entry;
                switch (sending.await()) {
                    case TAKEN -> taken.add(entry);
                    case REFUSED -> refuse(entry);
                    case UNKNOWN -> held.add(entry.spooled().user());
                }
                rest.remove(entry);
            }
        }
        return taken;
    }

    private static List<Entry> firstOfEachUser(Set<Entry> entries, Set<String> held) {
        var first = new LinkedHashMap<String, Entry>();
        for (var entry : entries) {
            if (!held.contains(entry.spooled().user())) {
                first.putIfAbsent(entry.spooled().user(), entry);
            }
        }
        return List.copyOf(first.values());
    }

    private Sending send(Entry entry) {
        try {
            var interaction = entry.spooled().interaction();
            return new Sending(
                    entry,
                    log.append(interaction, entry.spooled().headers(), PATIENCE)
                            .thenRun(() -> acceptances.acknowledged(interaction)));
        } catch (SerializationException unknownSchema) {
            return new Sending(entry, CompletableFuture.failedFuture(new Unreadable(unknownSchema)));
        }
    }

    private void refuse(Entry entry) {
        refused.add(entry.place());
        LOG.error(
                "outbox: interaction {} stays here, because Kafka refuses it or this version cannot read it",
                entry.spooled().interactionId());
    }

    private enum Fate {
        TAKEN,
        REFUSED,
        UNKNOWN
    }

    private record Sending(Entry entry, CompletableFuture<Void> acknowledged) {

        /** Ends in bounded time, as the send does. */
        Fate await() {
            try {
                acknowledged.join();
                return Fate.TAKEN;
            } catch (CompletionException failure) {
                return failure.getCause() instanceof Unreadable || InteractionLog.isHopeless(failure)
                        ? Fate.REFUSED
                        : Fate.UNKNOWN;
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
