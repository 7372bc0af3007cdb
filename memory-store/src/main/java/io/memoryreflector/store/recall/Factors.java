package io.memoryreflector.store.recall;

import java.time.Instant;
import java.util.Collections;
import java.util.List;

/** What multiplies the scores for one question. Pure. */
final class Factors {

    private final UserMemories memories;
    private final RecallQuery query;
    private final Weights weights;

    Factors(UserMemories memories, RecallQuery query, Weights weights) {
        this.memories = memories;
        this.query = query;
        this.weights = weights;
    }

    /** Those that say how far a memory is on the matter. */
    List<Factor> ofRelevance() {
        return List.of(speaker(), asking(), dated(), time());
    }

    /** Those that say whether it still holds. */
    List<Factor> ofTime() {
        return List.of(recency(), currency());
    }

    private Factor speaker() {
        var named = People.namedIn(query.text(), memories.people());
        var gained = 1 + weights.speaker();
        if (named.isEmpty()) {
            return Factor.none("speaker");
        }
        var casts = memories.casts();
        var isNamed = new boolean[casts.size()];
        for (int i = 0; i < isNamed.length; i++) {
            isNamed[i] = !Collections.disjoint(casts.get(i), named);
        }
        return new Factor("speaker", i -> isNamed[memories.cast(i)] ? gained : 1);
    }

    private Factor asking() {
        var asking = memories.columns().asking;
        return new Factor("asking", i -> 1 - weights.asking() * asking[i]);
    }

    private Factor dated() {
        var gained = 1 + weights.dated();
        var isDated = memories.columns().isDated;
        return Dates.areAskedFor(query.text())
                ? new Factor("dated", i -> isDated[i] ? gained : 1)
                : Factor.none("dated");
    }

    private Factor time() {
        if (memories.size() == 0 || weights.time() == 0) {
            return Factor.none("time");
        }
        var window = TimeExpressions.in(
                        query.text(),
                        query.asOf().orElse(query.askedAt()),
                        Instant.ofEpochMilli(memories.oldest()),
                        Instant.ofEpochMilli(memories.newest()))
                .or(() -> EventTime.in(query.text(), memories));
        var at = memories.columns().at;
        return window.map(named -> new Factor("time", i -> 1 + weights.time() * named.closeness(at[i])))
                .orElse(Factor.none("time"));
    }

    private Factor recency() {
        var span = Math.max(1.0, memories.newest() - memories.oldest());
        var at = memories.columns().at;
        return new Factor("recency", i -> 1 + weights.recency() * (at[i] - memories.oldest()) / span);
    }

    private Factor currency() {
        var lost = 1 - weights.superseded();
        // Where nobody asks as of a time, an end to come counts as one.
        var until = query.asOf().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE - 1);
        var validTo = memories.columns().validTo;
        return new Factor("currency", i -> validTo[i] <= until ? lost : 1);
    }
}
