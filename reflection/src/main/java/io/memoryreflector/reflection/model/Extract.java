package io.memoryreflector.reflection.model;

import io.memoryreflector.events.Tier;
import java.util.List;

/** All that a model found in one interaction; lists of tiers that were not asked for are empty. */
record Extract(List<FoundEpisode> episodes, List<FoundFact> facts, List<FoundProcedure> procedures) {

    List<? extends Found> of(Tier tier) {
        return switch (tier) {
            case EPISODIC -> episodes;
            case SEMANTIC -> facts;
            case PROCEDURAL -> procedures;
            case UNKNOWN -> List.of();
        };
    }
}
