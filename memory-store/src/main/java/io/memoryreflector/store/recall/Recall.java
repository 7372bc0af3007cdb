package io.memoryreflector.store.recall;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.longterm.LongTermMemory;
import java.util.List;

/**
 * Answers questions from one user's memories. Those of users who are active stay in memory, within a bound; each
 * question first asks the long term for what it has written since, in one round trip, so nothing that was recallable is
 * ever missed. Thread-safe.
 */
public final class Recall {

    private final LongTermMemory longTerm;
    private final Cache<UserKey, UserMemories> loaded;

    /** @param maxBytes about how much memory the loaded users may take */
    public Recall(LongTermMemory longTerm, long maxBytes) {
        this.longTerm = longTerm;
        this.loaded = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .<UserKey, UserMemories>weigher((user, memories) -> memories.weight() + 1)
                .build();
    }

    /** The best memories for a question, best first; equal input over equal memories gives an equal answer. */
    public List<RecalledItem> recall(RecallQuery query) {
        return Ranker.rank(current(query.user()), query);
    }

    /** Two questions at once may both load; the one with more stays, and either is complete. */
    private UserMemories current(UserKey user) {
        var known = loaded.get(user, key -> UserMemories.empty());
        var delta = longTerm.since(user, known.seq());
        var current = delta.seq() < known.seq()
                ? UserMemories.empty().with(delta.seq(), longTerm.since(user, 0).memories())
                : known.with(delta.seq(), delta.memories());
        if (current != known) {
            loaded.asMap().merge(user, current, (a, b) -> a.seq() > b.seq() && b.seq() >= known.seq() ? a : b);
        }
        return current;
    }
}
