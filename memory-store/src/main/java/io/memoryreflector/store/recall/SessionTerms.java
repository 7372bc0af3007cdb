package io.memoryreflector.store.recall;

import java.util.Arrays;

/** Which memories of a session hold which term, and how often. Immutable. */
final class SessionTerms {

    /** Each once, in ascending order. */
    private final long[] hashes;
    /** Where the holders of each term begin, and where all end. */
    private final int[] begins;

    private final int[] holders;
    private final int[] counts;

    SessionTerms(Entry[] entries) {
        hashes = Arrays.stream(entries)
                .flatMapToLong(entry -> Arrays.stream(entry.terms.hashes()))
                .sorted()
                .distinct()
                .toArray();
        begins = new int[hashes.length + 1];
        for (var entry : entries) {
            for (var hash : entry.terms.hashes()) {
                begins[find(hash) + 1]++;
            }
        }
        for (int term = 0; term < hashes.length; term++) {
            begins[term + 1] += begins[term];
        }
        holders = new int[begins[hashes.length]];
        counts = new int[holders.length];
        var next = begins.clone();
        for (int entry = 0; entry < entries.length; entry++) {
            var terms = entries[entry].terms;
            for (int i = 0; i < terms.distinct(); i++) {
                var at = next[find(terms.hashes()[i])]++;
                holders[at] = entry;
                counts[at] = terms.counts()[i];
            }
        }
    }

    /** The number of a term here; negative where no memory holds it. */
    int find(long hash) {
        return Arrays.binarySearch(hashes, hash);
    }

    /** How many memories hold a term. */
    int held(int term) {
        return begins[term + 1] - begins[term];
    }

    /** Takes those that hold a term, in order. */
    void forHolders(int term, Holder taker) {
        for (int at = begins[term]; at < begins[term + 1]; at++) {
            taker.take(holders[at], counts[at]);
        }
    }

    /** Takes a memory by its place in the session, and how often a term stands there. */
    @FunctionalInterface
    interface Holder {
        void take(int entry, int count);
    }
}
