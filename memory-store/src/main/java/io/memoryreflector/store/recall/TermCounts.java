package io.memoryreflector.store.recall;

import java.util.Arrays;
import java.util.List;

/**
 * The terms of a text, each by its 64-bit hash, and how often each stands there. That two
 * of a user's terms share a hash is as good as impossible: for a million terms, one in forty million.
 *
 * @param hashes in ascending order
 */
record TermCounts(long[] hashes, int[] counts, int length) {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    static TermCounts of(String text) {
        return of(Terms.of(text));
    }

    static TermCounts of(List<String> terms) {
        var sorted = terms.stream().mapToLong(TermCounts::hash).sorted().toArray();
        var hashes = new long[sorted.length];
        var counts = new int[sorted.length];
        var distinct = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                hashes[distinct++] = sorted[i];
            }
            counts[distinct - 1]++;
        }
        return new TermCounts(Arrays.copyOf(hashes, distinct), Arrays.copyOf(counts, distinct), sorted.length);
    }

    int distinct() {
        return hashes.length;
    }

    boolean isSameAs(TermCounts other) {
        return Arrays.equals(hashes, other.hashes) && Arrays.equals(counts, other.counts);
    }

    /** FNV-1a, by Fowler, Noll and Vo, over characters, with a last mixing step. */
    private static long hash(String term) {
        var hash = FNV_OFFSET;
        for (int i = 0; i < term.length(); i++) {
            hash = (hash ^ term.charAt(i)) * FNV_PRIME;
        }
        return hash ^ (hash >>> 32);
    }
}
