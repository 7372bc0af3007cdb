package io.memoryreflector.ingest.deadletters;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Letters that a job of this process is busy with, so that no other one does the same. Thread-safe. */
final class Claims {

    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final DeadLetterIndex index;

    Claims(DeadLetterIndex index) {
        this.index = index;
    }

    /**
     * Takes a letter for a job, if nobody else has it and if it still is what was selected: the same letter, in one of
     * the states that the job is for. Whoever got it releases it.
     */
    boolean take(Entry selected, Set<LetterState> states) {
        if (!busy.add(selected.id())) {
            return false;
        }
        var now = index.find(selected.id());
        if (now.isPresent()
                && now.get().place().equals(selected.place())
                && states.contains(now.get().state())) {
            return true;
        }
        release(selected.id());
        return false;
    }

    void release(String id) {
        busy.remove(id);
    }
}
