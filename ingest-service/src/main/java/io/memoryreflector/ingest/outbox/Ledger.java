package io.memoryreflector.ingest.outbox;

import java.util.HashMap;
import java.util.Map;

/**
 * How much is in the outbox, and whose: what is on its way to the disk counts, so that the bounds hold and nobody
 * overtakes it. Pure; thread-safe.
 */
final class Ledger {

    private final int maxEntries;
    private final long maxBytes;
    private final Map<String, Integer> users = new HashMap<>();
    private int entries;
    private long bytes;

    Ledger(int maxEntries, long maxBytes) {
        this.maxEntries = maxEntries;
        this.maxBytes = maxBytes;
    }

    /** Takes room for one more entry; false where there is none. */
    synchronized boolean reserve(String user, long size) {
        if (entries >= maxEntries || bytes + size > maxBytes) {
            return false;
        }
        add(user, 1, size);
        return true;
    }

    /** Counts entries that are there already, whether or not there is room. */
    synchronized void add(String user, int count, long size) {
        users.merge(user, count, Integer::sum);
        entries += count;
        bytes += size;
    }

    /** Gives the room of one entry back; of a user who has none, nothing changes. */
    synchronized void release(String user, long size) {
        if (holds(user)) {
            users.computeIfPresent(user, (key, count) -> count == 1 ? null : count - 1);
            entries--;
            bytes -= size;
        }
    }

    /** Whether anything of this user is there. */
    synchronized boolean holds(String user) {
        return users.containsKey(user);
    }

    synchronized boolean isFull() {
        return entries >= maxEntries || bytes >= maxBytes;
    }

    synchronized int entries() {
        return entries;
    }

    synchronized long bytes() {
        return bytes;
    }
}
