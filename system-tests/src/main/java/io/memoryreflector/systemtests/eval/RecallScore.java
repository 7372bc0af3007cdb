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
     * @param ranked the sources' message ids of each item, best first
     */
    static double at(int k, List<Set<String>> ranked, Set<String> evidence) {
        var found = new HashSet<String>();
        ranked.stream().limit(k).forEach(found::addAll);
        found.retainAll(evidence);
        return (double) found.size() / evidence.size();
    }

    /** One over the rank of the first item that holds any evidence; 0 if none does. */
    static double reciprocalRank(List<Set<String>> ranked, Set<String> evidence) {
        for (int i = 0; i < ranked.size(); i++) {
            if (!Collections.disjoint(ranked.get(i), evidence)) {
                return 1.0 / (i + 1);
            }
        }
        return 0;
    }
}
