package io.memoryreflector.store.recall;

import io.memoryreflector.events.Tier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Takes the best of the scored memories in order. What tells nothing new comes behind what does: memories whose messages
 * all stand higher already, and facts and procedures in the same words as one that does.
 */
final class Selection {

    /** So many candidates for each place are mostly enough. */
    private static final int CANDIDATES = 4;

    private final UserMemories memories;
    private final double[] scores;
    private final int limit;
    private final Comparator<Integer> bestFirst;

    Selection(UserMemories memories, double[] scores, int limit) {
        this.memories = memories;
        this.scores = scores;
        this.limit = limit;
        this.bestFirst = Comparator.<Integer>comparingDouble(i -> -scores[i]).thenComparing(this::id);
    }

    /** The places of the memories, best first; none whose score is 0. */
    List<Integer> best() {
        var candidates = Math.max(limit, 1) * CANDIDATES;
        while (true) {
            var ranked = highest(candidates);
            var chosen = newFirst(ranked);
            if (chosen.isEnough || ranked.size() < candidates) {
                return chosen.places;
            }
            candidates *= CANDIDATES;
        }
    }

    private String id(int place) {
        return memories.get(place).memory.memoryId();
    }

    private List<Integer> highest(int count) {
        var kept = new PriorityQueue<Integer>(Math.min(count, memories.size()) + 1, bestFirst.reversed());
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] <= 0 || kept.size() == count && scores[i] < scores[kept.peek()]) {
                continue;
            }
            kept.add(i);
            if (kept.size() > count) {
                kept.poll();
            }
        }
        var ranked = new ArrayList<>(kept);
        ranked.sort(bestFirst);
        return ranked;
    }

    /**
     * @param isEnough whether every place is taken by a memory that tells something new
     */
    private record Chosen(List<Integer> places, boolean isEnough) {}

    private Chosen newFirst(List<Integer> ranked) {
        var heard = new HashSet<String>();
        var told = new ArrayList<TermCounts>();
        var first = new ArrayList<Integer>();
        var behind = new ArrayList<Integer>();
        for (var place : ranked) {
            var entry = memories.get(place);
            var isNew = heard.addAll(entry.messages) && !isToldAlready(entry, told);
            (isNew ? first : behind).add(place);
            if (isNew && first.size() == limit) {
                return new Chosen(first, true);
            }
        }
        first.addAll(behind);
        return new Chosen(List.copyOf(first.subList(0, Math.min(limit, first.size()))), false);
    }

    /** Not for what was said: each time may have been another matter. */
    private static boolean isToldAlready(Entry entry, List<TermCounts> told) {
        if (entry.memory.tier() != Tier.SEMANTIC && entry.memory.tier() != Tier.PROCEDURAL) {
            return false;
        }
        for (var one : told) {
            if (one.isSameAs(entry.terms)) {
                return true;
            }
        }
        told.add(entry.terms);
        return false;
    }
}
