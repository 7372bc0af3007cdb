package io.memoryreflector.store.recall;

import io.memoryreflector.events.Tier;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/**
 * The memories of one session in {@link Entry#ORDER}, laid out to be ranked. Immutable. A change makes the block of its
 * session anew and no other.
 */
final class SessionBlock {

    private final Entry[] entries;
    private final Columns columns;
    private final Set<String> ids = new HashSet<>();
    private final Set<String> told = new HashSet<>();
    private final List<List<String>> casts;
    private final int[] cast;

    private final SessionTerms terms;
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
        terms = new SessionTerms(entries);
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

    SessionTerms terms() {
        return terms;
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
