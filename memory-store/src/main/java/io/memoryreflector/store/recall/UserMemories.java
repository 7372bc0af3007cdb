package io.memoryreflector.store.recall;

import io.memoryreflector.events.SourceRef;
import io.memoryreflector.events.Tier;
import io.memoryreflector.store.longterm.Memory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All memories of one user, ready to be ranked: terms counted, turns chained to the turn before. Immutable, so that
 * any number of questions read it at once; {@link #with} makes the next one.
 */
final class UserMemories {

    /** A posting: which memory holds a term, and how often. */
    record Posting(int index, int count) {}

    private static final int BYTES_PER_MEMORY = 500;

    private final long seq;
    private final List<Memory> memories;
    private final List<List<String>> terms;
    private final Map<String, List<Posting>> postings = new HashMap<>();
    /** Messages that episodes rest on, those that are held back included. */
    private final Set<String> told = new HashSet<>();

    /** Messages that only episodes rest on that are held back. */
    private final Set<String> held;

    private final int[] turnBefore;
    private final double averageLength;
    private final int weight;

    private UserMemories(long seq, List<Memory> memories, List<List<String>> terms, Set<String> held) {
        this.seq = seq;
        this.memories = memories;
        this.terms = terms;
        this.held = held;
        told.addAll(held);
        this.turnBefore = chain(memories);
        var length = 0L;
        var bytes = 0;
        for (int i = 0; i < memories.size(); i++) {
            var counts = new HashMap<String, Integer>();
            terms.get(i).forEach(term -> counts.merge(term, 1, Integer::sum));
            for (var entry : counts.entrySet()) {
                postings.computeIfAbsent(entry.getKey(), t -> new ArrayList<>()).add(new Posting(i, entry.getValue()));
            }
            if (memories.get(i).tier() == Tier.EPISODIC) {
                memories.get(i).sources().forEach(source -> told.add(key(source)));
            }
            length += terms.get(i).size();
            bytes += BYTES_PER_MEMORY
                    + memories.get(i).text().length() * 4
                    + memories.get(i).vector().length * Float.BYTES;
        }
        this.averageLength = memories.isEmpty() ? 1 : Math.max(1, (double) length / memories.size());
        this.weight = bytes;
    }

    static UserMemories empty() {
        return new UserMemories(0, List.of(), List.of(), Set.of());
    }

    /** These memories with others added, or put in the place of those with the same id; without those that are held back. */
    UserMemories with(long newSeq, List<Memory> changed) {
        if (changed.isEmpty()) {
            return newSeq == seq ? this : new UserMemories(newSeq, memories, terms, held);
        }
        var all = new LinkedHashMap<String, Memory>();
        var known = new HashMap<String, List<String>>();
        for (int i = 0; i < memories.size(); i++) {
            all.put(memories.get(i).memoryId(), memories.get(i));
            known.put(memories.get(i).memoryId(), terms.get(i));
        }
        var nowHeld = new HashSet<>(held);
        for (var memory : changed) {
            if (memory.quarantine().isPresent()) {
                all.remove(memory.memoryId());
                memory.sources().forEach(source -> nowHeld.add(key(source)));
            } else {
                all.put(memory.memoryId(), memory);
                known.put(memory.memoryId(), Terms.of(memory.text()));
            }
        }
        var sorted = new ArrayList<>(all.values());
        sorted.sort(Comparator.comparing(Memory::memoryId));
        return new UserMemories(
                newSeq,
                sorted,
                sorted.stream().map(memory -> known.get(memory.memoryId())).toList(),
                nowHeld);
    }

    long seq() {
        return seq;
    }

    /** These memories, and those of the turns that no episode rests on. */
    UserMemories withTurns(List<Memory> turns) {
        return with(
                seq,
                turns.stream()
                        .filter(turn -> turn.sources().stream().anyMatch(source -> !told.contains(key(source))))
                        .toList());
    }

    private static String key(SourceRef message) {
        return message.getInteractionId() + ' ' + message.getMessageId();
    }

    int size() {
        return memories.size();
    }

    Memory get(int index) {
        return memories.get(index);
    }

    int length(int index) {
        return terms.get(index).size();
    }

    double averageLength() {
        return averageLength;
    }

    List<Posting> postings(String term) {
        return postings.getOrDefault(term, List.of());
    }

    /** The episode or turn just before this one in its session; -1 for none. */
    int turnBefore(int index) {
        return turnBefore[index];
    }

    /** About how many bytes this takes. */
    int weight() {
        return weight;
    }

    private static int[] chain(List<Memory> memories) {
        var before = new int[memories.size()];
        var sessions = new HashMap<String, List<Integer>>();
        for (int i = 0; i < before.length; i++) {
            before[i] = -1;
            var memory = memories.get(i);
            if (memory.tier() == Tier.EPISODIC || memory.tier() == Tier.UNKNOWN) {
                sessions.computeIfAbsent(memory.sessionId().orElse(""), s -> new ArrayList<>())
                        .add(i);
            }
        }
        var byTime = Comparator.<Integer, java.time.Instant>comparing(
                        i -> memories.get(i).occurredAt())
                .thenComparing(i -> memories.get(i).memoryId());
        for (var session : sessions.values()) {
            session.sort(byTime);
            for (int i = 1; i < session.size(); i++) {
                before[session.get(i)] = session.get(i - 1);
            }
        }
        return before;
    }
}
