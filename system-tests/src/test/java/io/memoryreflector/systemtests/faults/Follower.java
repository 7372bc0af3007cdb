package io.memoryreflector.systemtests.faults;

import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.serialization.Deserializer;

/** Counts, as the run goes, the interactions that have come to their end. One thread of its own; the count is for all. */
final class Follower implements AutoCloseable {

    static final Set<ReflectionState> FINAL =
            EnumSet.of(ReflectionState.COMPLETED, ReflectionState.PARTIAL, ReflectionState.FAILED);

    private static final Duration POLL = Duration.ofMillis(200);
    private static final long CLOSE_MS = 20_000;

    private final Ledger ledger;
    private final List<BitSet> seen;
    private final AtomicLong done = new AtomicLong();
    private final Thread thread;
    private volatile boolean closing;

    Follower(String bootstrapServers, EventSerdes serdes, Ledger ledger) {
        this.ledger = ledger;
        this.seen = ledger.lines().stream().map(line -> new BitSet()).toList();
        var log = new TopicReader(bootstrapServers, Topics.REFLECTIONS.name());
        log.toEnd();
        this.thread = new Thread(() -> follow(log, serdes.<ReflectionStatus>deserializer()), "follower");
        thread.setDaemon(true);
        thread.start();
    }

    /** Interactions of this run that were completed, partial or failed at some time. */
    long done() {
        return done.get();
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join(CLOSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(TopicReader log, Deserializer<ReflectionStatus> deserializer) {
        try (log;
                deserializer) {
            while (!closing) {
                for (var record : log.poll(POLL)) {
                    var entry = ledger.find(new String(record.key(), StandardCharsets.UTF_8));
                    entry.ifPresent(found -> note(found, deserializer.deserialize(record.topic(), record.value())));
                }
            }
        }
    }

    private void note(Ledger.Entry entry, ReflectionStatus status) {
        var line = seen.get(entry.line().index());
        if (FINAL.contains(status.getState()) && !line.get(entry.number())) {
            line.set(entry.number());
            done.incrementAndGet();
        }
    }
}
