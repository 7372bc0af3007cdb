package io.memoryreflector.reflection.offline;

import io.memoryreflector.events.Episode;
import io.memoryreflector.events.Fact;
import io.memoryreflector.events.Procedure;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.Tier;
import io.memoryreflector.reflection.Reflector;
import io.memoryreflector.reflection.embedding.Embedder;
import java.util.Map;

/**
 * The offline reflectors of the three tiers.
 *
 * @param episodic what happened
 * @param semantic what is true
 * @param procedural how the user wants things done
 */
public record OfflineReflectors(
        Reflector<Episode> episodic, Reflector<Fact> semantic, Reflector<Procedure> procedural) {

    /** Name in the {@code reflector} field of every memory made here. */
    public static final String NAME = "offline";

    /** Version of the rules; goes up with every change of what they find. */
    public static final String VERSION = "2";

    /** Reflectors that share an embedder; loads the tagger, so that no first interaction waits for it. */
    public static OfflineReflectors with(Embedder embedder) {
        Words.load();
        return new OfflineReflectors(
                new OfflineEpisodicReflector(embedder),
                new OfflineSemanticReflector(embedder),
                new OfflineProceduralReflector(embedder));
    }

    /** The three by tier. */
    public static Map<Tier, Reflector<?>> all(Embedder embedder) {
        var reflectors = with(embedder);
        return Map.of(
                Tier.EPISODIC, reflectors.episodic(),
                Tier.SEMANTIC, reflectors.semantic(),
                Tier.PROCEDURAL, reflectors.procedural());
    }

    static ReflectorVersion version() {
        return new ReflectorVersion(NAME, VERSION, null);
    }
}
