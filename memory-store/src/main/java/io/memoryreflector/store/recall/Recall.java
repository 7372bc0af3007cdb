package io.memoryreflector.store.recall;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.memoryreflector.schemas.Cores;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.longterm.Memory;
import io.memoryreflector.store.longterm.MemoryChanges;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Answers questions from one user's memories. Those of users who are active stay in memory, within a bound; each
 * question first asks the long term for what it has written since, in one round trip, so nothing that was recallable is
 * ever missed. Thread-safe.
 */
public final class Recall {

    private final MemoryChanges longTerm;
    private final RecallSettings settings;
    private final Reranking reranking;
    private final Cache<UserKey, Holder> loaded;
    private final Cores cores = Cores.allButOne();

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
                .<UserKey, Holder>weigher((user, holder) -> holder.memories.weight())
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
        return reranking.of(query, wider -> cores.compute(() -> Ranker.rank(memories, wider, settings.weights())));
    }

    private UserMemories current(UserKey user) {
        var holder = loaded.get(user, key -> new Holder());
        var before = holder.memories;
        var current = holder.current(known -> looked(user, known));
        if (current != before) {
            // To be weighed anew; does nothing to a user who was forgotten meanwhile.
            loaded.asMap().replace(user, holder, holder);
        }
        return current;
    }

    private UserMemories looked(UserKey user, UserMemories known) {
        var delta = longTerm.since(user, known.seq());
        // A number that fell is a graph that was dropped and is being built anew.
        var told = delta.seq() < known.seq() ? longTerm.since(user, 0) : delta;
        if (told.seq() == known.seq() && told.memories().isEmpty()) {
            return known;
        }
        return (told.whole() ? UserMemories.empty() : known).with(told.seq(), told.memories(), settings.situations());
    }

    /**
     * The memories of one user as they were last read. Of several questions at once one looks, and those that came before
     * it began share what it found.
     */
    private static final class Holder {
        private volatile UserMemories memories = UserMemories.empty();
        private volatile long looks;
        private RuntimeException failure;

        UserMemories current(UnaryOperator<UserMemories> look) {
            var seen = looks;
            synchronized (this) {
                if (looks == seen) {
                    lookAgain(look);
                }
                if (failure != null) {
                    throw failure;
                }
                return memories;
            }
        }

        private void lookAgain(UnaryOperator<UserMemories> look) {
            looks++;
            try {
                memories = look.apply(memories);
                failure = null;
            } catch (RuntimeException e) {
                failure = e;
            }
        }
    }
}
