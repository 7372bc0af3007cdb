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
    private final float[][] vectors;
    private final int[] places;
    private final Set<String> ids = new HashSet<>();
    private final Set<String> told = new HashSet<>();
    private final List<List<String>> casts;
    private final int[] cast;

    /** The terms of all entries, and of which entry each is, and how often it stands there. */
    private final long[] terms;

    private final int[] termEntry;
    private final int[] termCount;
    private final long length;
    private final int weight;
    private final long oldest;
    private final long newest;

    private SessionBlock(Entry[] entries) {
        this.entries = entries;
        this.vectors = new float[entries.length][];
        this.places = new int[entries.length];
        this.cast = new int[entries.length];
        var numbers = new LinkedHashMap<List<String>, Integer>();
        var distinct =
                Arrays.stream(entries).mapToInt(entry -> entry.terms.distinct()).sum();
        terms = new long[distinct];
        termEntry = new int[distinct];
        termCount = new int[distinct];
        var at = 0;
        var allTerms = 0L;
        var bytes = 0;
        var first = Long.MAX_VALUE;
        var last = Long.MIN_VALUE;
        for (int i = 0; i < entries.length; i++) {
            var entry = entries[i];
            var count = entry.terms.distinct();
            System.arraycopy(entry.terms.hashes(), 0, terms, at, count);
            System.arraycopy(entry.terms.counts(), 0, termCount, at, count);
            Arrays.fill(termEntry, at, at + count, i);
            at += count;
            vectors[i] = entry.memory.vector();
            places[i] = entry.place;
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

    void copyTo(Entry[] all, float[][] allVectors, int[] allPlaces, int from) {
        System.arraycopy(entries, 0, all, from, entries.length);
        System.arraycopy(vectors, 0, allVectors, from, vectors.length);
        System.arraycopy(places, 0, allPlaces, from, places.length);
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

    long[] terms() {
        return terms;
    }

    /** Of which of this block's entries a term is. */
    int termEntry(int term) {
        return termEntry[term];
    }

    /** How often a term stands there. */
    int termCount(int term) {
        return termCount[term];
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
