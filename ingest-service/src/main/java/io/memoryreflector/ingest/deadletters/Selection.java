package io.memoryreflector.ingest.deadletters;

import java.util.List;
import java.util.Set;

/**
 * The letters that a job is to work on.
 *
 * @param entries oldest first
 * @param states in which a letter has to be when its turn comes; in another one it is passed over
 * @param beyondLimit letters that match as well, but were too many
 */
record Selection(List<Entry> entries, Set<LetterState> states, int beyondLimit) {

    /** As many of the letters as the limit lets through, the oldest. */
    static Selection of(List<Entry> matching, LetterState state, int limit) {
        var taken = matching.subList(0, Math.min(limit, matching.size()));
        return new Selection(List.copyOf(taken), Set.of(state), matching.size() - taken.size());
    }

    int size() {
        return entries.size();
    }
}
