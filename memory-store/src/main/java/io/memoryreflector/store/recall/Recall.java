package io.memoryreflector.store.recall;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.longterm.Delta;
import io.memoryreflector.store.longterm.Memory;
import io.memoryreflector.store.longterm.MemoryChanges;
import java.util.List;
import java.util.function.Supplier;

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
        return reranking.of(query, wider -> Ranker.rank(memories, wider, settings.weights()));
    }

    private UserMemories current(UserKey user) {
        var holder = loaded.get(user, key -> new Holder());
        holder.loadFirst(() -> longTerm.since(user, 0), settings.situations());
        var known = holder.memories;
        var delta = longTerm.since(user, known.seq());
        if (delta.seq() == known.seq() && delta.memories().isEmpty()) {
            return known;
        }
        // A number that fell is a graph that was dropped and is being built anew.
        var told = delta.seq() < known.seq() ? longTerm.since(user, 0) : delta;
        var current = holder.takeIn(known, told, settings.situations());
        weighAnew(user, holder);
        return current;
    }

    /** Does nothing to a user who was forgotten meanwhile. */
    private void weighAnew(UserKey user, Holder holder) {
        loaded.asMap().replace(user, holder, holder);
    }

    /** The memories of one user as they were last read. Of several questions at once, one works and the others wait. */
    private static final class Holder {
        private volatile UserMemories memories = UserMemories.empty();

        synchronized void loadFirst(Supplier<Delta> all, SituationVectors situations) {
            if (memories.seq() == 0) {
                var delta = all.get();
                memories = UserMemories.empty().with(delta.seq(), delta.memories(), situations);
            }
        }

        /**
         * The memories with what was told.
         *
         * @param known what the delta was asked for
         */
        synchronized UserMemories takeIn(UserMemories known, Delta told, SituationVectors situations) {
            var base = memories;
            var isNewer = base.seq() >= told.seq() && told.seq() >= known.seq();
            if (isNewer && !told.whole()) {
                return base;
            }
            var next = (told.whole() ? UserMemories.empty() : base).with(told.seq(), told.memories(), situations);
            if (!isNewer) {
                memories = next;
            }
            return next;
        }
    }
}
