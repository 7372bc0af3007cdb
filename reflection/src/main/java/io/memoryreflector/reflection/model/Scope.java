package io.memoryreflector.reflection.model;

import io.memoryreflector.events.Tier;
import java.util.List;
import java.util.Locale;

/** What one call is asked for: one tier, or all of them. */
enum Scope {
    EPISODIC(Tier.EPISODIC),
    SEMANTIC(Tier.SEMANTIC),
    PROCEDURAL(Tier.PROCEDURAL),
    ALL(Tier.EPISODIC, Tier.SEMANTIC, Tier.PROCEDURAL);

    private final List<Tier> tiers;

    Scope(Tier... tiers) {
        this.tiers = List.of(tiers);
    }

    /** The scope of this tier alone. */
    static Scope of(Tier tier) {
        return valueOf(tier.name());
    }

    List<Tier> tiers() {
        return tiers;
    }

    /** As it stands in a request, in resource names and in metrics. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
