package io.memoryreflector.store.recall;

import io.memoryreflector.events.Tier;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/**
 * The memories of one session in {@link Entry#ORDER}, laid out to be scanned: their terms stand one after the other.
 * Immutable. A change makes the block of its session anew and no other.
 */
final class SessionBlock {

    private final Entry[] entries;
    private final Columns columns;
    private final Set<String> ids = new HashSet<>();
    private final Set<String> told = new HashSet<>();
    private final List<List<String>> casts;
    private final int[] cast;

    /** The terms of all entries, each once, in ascending order; where the holders of each begin, and where all end. */
    private final long[] terms;

    private final int[] begins;
    /** The entries that hold each term, and how often it stands there. */
    private final int[] holders;

    private final int[] counts;
    private final long length;
    private final int weight;
    private final long oldest;
    private final long newest;

    private SessionBlock(Entry[] entries) {
        this.entries = entries;
        this.columns = new Columns(entries.length);
        this.cast = new int[entries.length];
        var numbers = new LinkedHashMap<List<String>, Integer>();
        var allTerms = 0L;
        var bytes = 0;
        var first = Long.MAX_VALUE;
        var last = Long.MIN_VALUE;
        for (int i = 0; i < entries.length; i++) {
            var entry = entries[i];
            columns.set(i, entry);
            ids.add(entry.memory.memoryId());
            cast[i] = numbers.computeIfAbsent(entry.memory.people(), people -> numbers.size());
            if (entry.memory.tier() == Tier.EPISODIC) {
                told.addAll(entry.messages);
            }
            allTerms += entry.terms.length();
            bytes += entry.weight();
            first = Math.min(first, entry.at);
            last = Math.max(last, entry.at);
        }
        terms = Arrays.stream(entries)
                .flatMapToLong(entry -> Arrays.stream(entry.terms.hashes()))
                .sorted()
                .distinct()
                .toArray();
        begins = new int[terms.length + 1];
        for (var entry : entries) {
            for (var hash : entry.terms.hashes()) {
                begins[Arrays.binarySearch(terms, hash) + 1]++;
            }
        }
        Arrays.parallelPrefix(begins, Integer::sum);
        holders = new int[begins[terms.length]];
        counts = new int[holders.length];
        var next = begins.clone();
        for (int i = 0; i < entries.length; i++) {
            var ofEntry = entries[i].terms;
            for (int n = 0; n < ofEntry.distinct(); n++) {
                var at = next[Arrays.binarySearch(terms, ofEntry.hashes()[n])]++;
                holders[at] = i;
                counts[at] = ofEntry.counts()[n];
            }
        }
        casts = List.copyOf(numbers.keySet());
        length = allTerms;
        weight = bytes;
        oldest = first;
        newest = last;
    }

    /** The memories of one session, at least one. */
    static SessionBlock of(List<Entry> entries) {
        var sorted = entries.toArray(Entry[]::new);
        Arrays.sort(sorted, Entry.ORDER);
        return new SessionBlock(sorted);
    }

    List<Entry> entries() {
        return List.of(entries);
    }

    int size() {
        return entries.length;
    }

    void copyTo(Entry[] all, Columns allColumns, int from) {
        System.arraycopy(entries, 0, all, from, entries.length);
        columns.copyTo(allColumns, from);
    }

    boolean holdsAny(Collection<String> memoryIds) {
        for (var id : memoryIds) {
            if (ids.contains(id)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an episode rests on a message. */
    boolean tells(String message) {
        return told.contains(message);
    }

    /** Those who speak or are spoken of, each company once. */
    List<List<String>> casts() {
        return casts;
    }

    /** Which of the casts a memory has. */
    int cast(int entry) {
        return cast[entry];
    }

    /** The number of a term here; negative where no entry holds it. */
    int term(long hash) {
        return Arrays.binarySearch(terms, hash);
    }

    /** How many entries hold a term of this block. */
    int held(int term) {
        return begins[term + 1] - begins[term];
    }

    /** Takes those that hold a term of this block, in order. */
    void forHolders(int term, Holder taker) {
        for (int at = begins[term]; at < begins[term + 1]; at++) {
            taker.take(holders[at], counts[at]);
        }
    }

    /** Takes an entry, and how often a term stands there. */
    @FunctionalInterface
    interface Holder {
        void take(int entry, int count);
    }

    /** Of all texts, in terms. */
    long length() {
        return length;
    }

    /** About how many bytes this takes. */
    int weight() {
        return weight;
    }

    long oldest() {
        return oldest;
    }

    long newest() {
        return newest;
    }
}
