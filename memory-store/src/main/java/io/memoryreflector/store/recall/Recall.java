package io.memoryreflector.store.recall;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.longterm.Memory;
import io.memoryreflector.store.longterm.MemoryChanges;
import java.util.List;

/**
 * Answers questions from one user's memories. Those of users who are active stay in memory, within a bound; each
 * question first asks the long term for what it has written since, in one round trip, so nothing that was recallable is
 * ever missed. Thread-safe.
 */
public final class Recall {

    private final MemoryChanges longTerm;
    private final RecallSettings settings;
    private final Reranking reranking;
    private final Cache<UserKey, UserMemories> loaded;

    /**
     * A recall by the standard settings.
     *
     * @param maxBytes about how much memory the loaded users may take
     */
    public Recall(MemoryChanges longTerm, long maxBytes) {
        this(longTerm, maxBytes, RecallSettings.STANDARD);
    }

    /** @param maxBytes about how much memory the loaded users may take */
    public Recall(MemoryChanges longTerm, long maxBytes, RecallSettings settings) {
        this.longTerm = longTerm;
        this.settings = settings;
        this.reranking = new Reranking(settings.reranker());
        this.loaded = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .<UserKey, UserMemories>weigher((user, memories) -> memories.weight() + 1)
                .build();
    }

    /** The best memories for a question, best first; equal input over equal memories gives an equal answer. */
    public List<RecalledItem> recall(RecallQuery query) {
        return ranked(current(query.user()), query);
    }

    /**
     * The same over turns that the long term may not have yet beside the memories: those that no episode rests on.
     *
     * @param turns each with its one message as its source
     */
    public List<RecalledItem> recall(RecallQuery query, List<Memory> turns) {
        return ranked(current(query.user()).withTurns(turns), query);
    }

    /** Drops what is held of a user; the next question loads what is left. */
    public void forget(UserKey user) {
        loaded.invalidate(user);
    }

    private List<RecalledItem> ranked(UserMemories memories, RecallQuery query) {
        return reranking.of(query, wider -> Ranker.rank(memories, wider, settings.weights()));
    }

    /** Two questions at once may both load; the one with more stays, and either is complete. */
    private UserMemories current(UserKey user) {
        var known = loaded.get(user, key -> UserMemories.empty());
        var delta = longTerm.since(user, known.seq());
        // A number that fell is a graph that was dropped and is being built anew.
        var told = delta.seq() < known.seq() ? longTerm.since(user, 0) : delta;
        var current = told.whole()
                ? UserMemories.empty().with(told.seq(), told.memories(), settings.situations())
                : known.with(told.seq(), told.memories(), settings.situations());
        if (current != known) {
            loaded.asMap().merge(user, current, (a, b) -> a.seq() > b.seq() && b.seq() >= known.seq() ? a : b);
        }
        return current;
    }
}
