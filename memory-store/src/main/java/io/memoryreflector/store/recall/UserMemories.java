package io.memoryreflector.store.recall;

import io.memoryreflector.events.Tier;
import io.memoryreflector.store.longterm.Memory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All memories of one user, ready to be ranked, in {@link Entry#ORDER}. Immutable, so that any number of questions read
 * it at once; {@link #with} makes the next one, in one pass without looking into any text again.
 */
final class UserMemories {

    private static final UserMemories EMPTY = new UserMemories(0, List.of(), Set.of());

    private final long seq;
    private final List<Entry> entries;
    /** Messages that only episodes rest on that are held back. */
    private final Set<String> held;
    /** Messages that episodes rest on, those that are held back included. */
    private final Set<String> told;

    private final int[] session;
    private final int sessions;
    private final People people;
    private final double averageLength;
    private final int weight;
    private final long oldest;
    private final long newest;

    private UserMemories(long seq, List<Entry> entries, Set<String> held) {
        this.seq = seq;
        this.entries = entries;
        this.held = held;
        this.told = new HashSet<>(held);
        this.session = new int[entries.size()];
        var length = 0L;
        var bytes = 0;
        var first = Long.MAX_VALUE;
        var last = Long.MIN_VALUE;
        for (int i = 0; i < entries.size(); i++) {
            var entry = entries.get(i);
            session[i] = i == 0 ? 0 : session[i - 1] + (isSameSession(i - 1, i) ? 0 : 1);
            if (entry.memory.tier() == Tier.EPISODIC) {
                told.addAll(entry.messages);
            }
            length += entry.terms.length();
            bytes += entry.weight();
            first = Math.min(first, entry.at);
            last = Math.max(last, entry.at);
        }
        this.sessions = entries.isEmpty() ? 0 : session[entries.size() - 1] + 1;
        this.people = People.of(entries);
        this.averageLength = entries.isEmpty() ? 1 : Math.max(1, (double) length / entries.size());
        this.weight = bytes;
        this.oldest = first;
        this.newest = last;
    }

    static UserMemories empty() {
        return EMPTY;
    }

    /** These memories with others added, or put in the place of those with the same id; without those that are held back. */
    UserMemories with(long newSeq, List<Memory> changed) {
        return with(newSeq, changed, SituationVectors.NONE);
    }

    /** @param situations makes the vectors of the situations that the changed memories name */
    UserMemories with(long newSeq, List<Memory> changed, SituationVectors situations) {
        if (changed.isEmpty()) {
            return newSeq == seq ? this : new UserMemories(newSeq, entries, held);
        }
        var nowHeld = new HashSet<>(held);
        var latest = new HashMap<String, Memory>();
        for (var memory : changed) {
            latest.put(memory.memoryId(), memory);
            if (memory.quarantine().isPresent()) {
                memory.sources().forEach(source -> nowHeld.add(Entry.message(source)));
            }
        }
        var added = entries(
                latest.values().stream()
                        .filter(memory -> memory.quarantine().isEmpty())
                        .toList(),
                situations);
        added.sort(Entry.ORDER);
        return new UserMemories(newSeq, merged(latest.keySet(), added), nowHeld);
    }

    /** These memories, and those of the turns that no episode rests on. */
    UserMemories withTurns(List<Memory> turns) {
        return with(
                seq,
                turns.stream()
                        .filter(turn ->
                                turn.sources().stream().anyMatch(source -> !told.contains(Entry.message(source))))
                        .toList());
    }

    private static List<Entry> entries(List<Memory> memories, SituationVectors situations) {
        var named = memories.stream()
                .flatMap(memory -> memory.situation().stream())
                .map(Situation::of)
                .distinct()
                .toList();
        var vectors = named.isEmpty() ? List.<float[]>of() : situations.of(named);
        Map<String, float[]> bySituation = new HashMap<>();
        for (int i = 0; i < vectors.size(); i++) {
            bySituation.put(named.get(i), vectors.get(i));
        }
        var made = new ArrayList<Entry>(memories.size());
        for (var memory : memories) {
            var vector = memory.situation().map(Situation::of).map(bySituation::get);
            made.add(vector.map(v -> Entry.of(memory, v)).orElseGet(() -> Entry.of(memory)));
        }
        return made;
    }

    private List<Entry> merged(Set<String> replaced, List<Entry> added) {
        var all = new ArrayList<Entry>(entries.size() + added.size());
        var next = 0;
        for (var entry : entries) {
            if (replaced.contains(entry.memory.memoryId())) {
                continue;
            }
            while (next < added.size() && Entry.ORDER.compare(added.get(next), entry) < 0) {
                all.add(added.get(next++));
            }
            all.add(entry);
        }
        all.addAll(added.subList(next, added.size()));
        return all;
    }

    long seq() {
        return seq;
    }

    int size() {
        return entries.size();
    }

    Entry get(int index) {
        return entries.get(index);
    }

    /** Of all texts, in terms. */
    double averageLength() {
        return averageLength;
    }

    /** The episode or turn just before this one in its session; -1 for none. */
    int turnBefore(int index) {
        return index > 0
                        && entries.get(index).isTurn
                        && entries.get(index - 1).isTurn
                        && isSameSession(index - 1, index)
                ? index - 1
                : -1;
    }

    /** Which session a memory is of, counted from 0. */
    int session(int index) {
        return session[index];
    }

    int sessions() {
        return sessions;
    }

    People people() {
        return people;
    }

    /** When the oldest of all happened, in milliseconds since 1970. */
    long oldest() {
        return oldest;
    }

    /** When the newest of all happened, in milliseconds since 1970. */
    long newest() {
        return newest;
    }

    /** About how many bytes this takes. */
    int weight() {
        return weight;
    }

    private boolean isSameSession(int one, int other) {
        return entries.get(one).session.equals(entries.get(other).session);
    }
}
