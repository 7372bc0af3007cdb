package io.memoryreflector.systemtests.eval;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Evidence recall of ranked items: pure. */
final class RecallScore {

    private RecallScore() {}

    /**
     * The share of a question's evidence messages that the sources of the first k items hold.
     *
     * @param ranked best first
     */
    static double at(int k, List<RankedItem> ranked, Set<String> evidence) {
        return share(ranked.subList(0, Math.min(k, ranked.size())), evidence);
    }

    /** The same of the items that fit, in their order, into a prompt's room. */
    static double within(int tokens, List<RankedItem> ranked, Set<String> evidence) {
        var left = tokens;
        var fitting = 0;
        while (fitting < ranked.size() && ranked.get(fitting).tokens() <= left) {
            left -= ranked.get(fitting++).tokens();
        }
        return share(ranked.subList(0, fitting), evidence);
    }

    /** One over the rank of the first item that holds any evidence; 0 if none does. */
    static double reciprocalRank(List<RankedItem> ranked, Set<String> evidence) {
        for (int i = 0; i < ranked.size(); i++) {
            if (!Collections.disjoint(ranked.get(i).counted(), evidence)) {
                return 1.0 / (i + 1);
            }
        }
        return 0;
    }

    private static double share(List<RankedItem> items, Set<String> evidence) {
        var found = new HashSet<String>();
        items.forEach(item -> found.addAll(item.counted()));
        found.retainAll(evidence);
        return (double) found.size() / evidence.size();
    }
}
