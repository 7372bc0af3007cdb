package io.memoryreflector.reflection.model;

import io.memoryreflector.events.Tier;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What one call is asked for: one tier, all of them, or a session in short. */
enum Scope {
    EPISODIC(Tier.EPISODIC),
    SEMANTIC(Tier.SEMANTIC),
    PROCEDURAL(Tier.PROCEDURAL),
    ALL(Tier.EPISODIC, Tier.SEMANTIC, Tier.PROCEDURAL),
    SESSION();

    private final List<Tier> tiers;

    Scope(Tier... tiers) {
        this.tiers = List.of(tiers);
    }

    /** The scope of this tier alone. */
    static Scope of(Tier tier) {
        return valueOf(tier.name());
    }

    /** The tiers whose memories the answer holds; none of a session's. */
    List<Tier> tiers() {
        return tiers;
    }

    /** Names of the resources that its prompt is made of, in their order. */
    List<String> prompts() {
        return tiers.isEmpty()
                ? parts()
                : Stream.concat(Stream.of("task"), parts().stream()).toList();
    }

    /** Names of the resources that its schema is made of. */
    List<String> parts() {
        return tiers.isEmpty()
                ? List.of(word())
                : tiers.stream().map(tier -> of(tier).word()).toList();
    }

    /** As it stands in a request, in resource names and in metrics. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
