package io.memoryreflector.store.recall;

import io.memoryreflector.store.longterm.Memory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
        return named.isEmpty()
                ? Factor.none("speaker")
                : new Factor(
                        "speaker", i -> isOfAny(named, memories.get(i).memory.people()) ? gained : 1);
    }

    private static boolean isOfAny(List<String> named, List<String> people) {
        for (int i = 0; i < people.size(); i++) {
            if (named.contains(people.get(i))) {
                return true;
            }
        }
        return false;
    }

    private Factor asking() {
        return new Factor("asking", i -> 1 - weights.asking() * memories.get(i).asking);
    }

    private Factor dated() {
        var gained = 1 + weights.dated();
        return Dates.areAskedFor(query.text())
                ? new Factor("dated", i -> memories.get(i).isDated ? gained : 1)
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
        return window.map(named -> new Factor("time", i -> 1 + weights.time() * named.closeness(memories.get(i).at)))
                .orElse(Factor.none("time"));
    }

    private Factor recency() {
        var span = Math.max(1.0, memories.newest() - memories.oldest());
        return new Factor("recency", i -> 1 + weights.recency() * (memories.get(i).at - memories.oldest()) / span);
    }

    private Factor currency() {
        var lost = 1 - weights.superseded();
        return new Factor("currency", i -> isSuperseded(memories.get(i).memory, query.asOf()) ? lost : 1);
    }

    private static boolean isSuperseded(Memory memory, Optional<Instant> asOf) {
        return memory.validTo().isPresent()
                && (asOf.isEmpty() || !memory.validTo().get().isAfter(asOf.get()));
    }
}
