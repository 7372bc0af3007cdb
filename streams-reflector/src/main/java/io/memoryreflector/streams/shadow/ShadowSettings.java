package io.memoryreflector.streams.shadow;

import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import io.memoryreflector.schemas.topic.Shadow;
import java.util.Optional;

/**
 * What a shadow takes.
 *
 * @param shadow {@code REFLECTOR_SHADOW}
 * @param interactionsPerSecond {@code SHADOW_INTERACTIONS_PER_SECOND} of this process, 0 for no limit
 * @param tokens {@code SHADOW_TOKENS} of a model over all its time, 0 for no limit
 */
public record ShadowSettings(Shadow shadow, int interactionsPerSecond, long tokens) {

    /** Low on purpose; {@code make shadow-load} measures what a pace costs the live pipeline. */
    static final int INTERACTIONS_PER_SECOND = 5;

    /**
     * Empty where the reflector is no shadow.
     *
     * @throws InvalidSetting naming the variable, what it got and what it takes
     */
    public static Optional<ShadowSettings> from(Environment environment) {
        var name = environment.text("REFLECTOR_SHADOW", "");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        if (!Shadow.NAME.matcher(name).matches()) {
            throw new InvalidSetting("REFLECTOR_SHADOW", name, "1 to 32 of lower-case letters, digits and hyphens");
        }
        return Optional.of(new ShadowSettings(
                new Shadow(name),
                environment.integer("SHADOW_INTERACTIONS_PER_SECOND", INTERACTIONS_PER_SECOND, 0, 1_000_000),
                environment.integer("SHADOW_TOKENS", 0, 0, Integer.MAX_VALUE)));
    }
}
