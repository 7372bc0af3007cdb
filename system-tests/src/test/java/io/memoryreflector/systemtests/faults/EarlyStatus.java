package io.memoryreflector.systemtests.faults;

import io.memoryreflector.store.longterm.LongTermMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Watches interactions of the run until REST says that they are done, and looks in the long term at that moment: what
 * is said to be done must be there. One thread of its own.
 */
final class EarlyStatus implements AutoCloseable {

    private static final long PAUSE_MS = 20;
    private static final long ONE_MS = 20_000;
    private static final Set<String> FINAL = Set.of("completed", "partial", "failed");

    private final RestClient rest;
    private final LongTermMemory longTerm;
    private final Ledger ledger;
    private final ConcurrentLinkedQueue<String> early = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::watch, "early-status");

    EarlyStatus(RestClient rest, LongTermMemory longTerm, Ledger ledger) {
        this.rest = rest;
        this.longTerm = longTerm;
        this.ledger = ledger;
        thread.setDaemon(true);
        thread.start();
    }

    /** Ids of those that were shown as done while the long term had not got all of their memories. */
    List<String> early() {
        return List.copyOf(early);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        try {
            var last = "";
            while (true) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
                var id = ledger.lastPosted();
                if (!id.equals(last)) {
                    last = id;
                    watch(id);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch(String id) throws InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ONE_MS);
        while (System.nanoTime() < deadline) {
            var answer = rest.get("/api/v1/interactions/" + id);
            if (FINAL.contains(answer.path("status").asString(""))) {
                var memories = new ArrayList<String>();
                answer.path("tiers")
                        .forEach(tier -> tier.path("memory_ids").forEach(memory -> memories.add(memory.asString())));
                if (isMissing(memories)) {
                    early.add(id);
                }
                return;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        }
    }

    /** A long term that does not answer says nothing. */
    private boolean isMissing(List<String> memories) {
        try {
            return !longTerm.missing(memories).isEmpty();
        } catch (RuntimeException e) {
            return false;
        }
    }
}
