package io.memoryreflector.ingest.deadletters;

import io.memoryreflector.events.Tier;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;

/**
 * Whom and what a letter is about, as far as it is known; null where it is not.
 *
 * @param tier the lane, or the kind of memory that a sink refused
 */
record Subject(Tier tier, String namespace, String userId, String interactionId) {

    /** What topic and key tell of a record whose value cannot be read. */
    static Subject of(String topic, byte[] key) {
        var text = key == null ? null : new String(key, StandardCharsets.UTF_8);
        if (Topics.REFLECTIONS.name().equals(topic)) {
            return new Subject(null, null, null, text);
        }
        try {
            var user = UserKey.parse(text);
            return new Subject(tier(topic), user.namespace(), user.userId(), null);
        } catch (IllegalArgumentException notOfAUser) {
            return new Subject(tier(topic), null, null, null);
        }
    }

    private static Tier tier(String topic) {
        return EnumSet.complementOf(EnumSet.of(Tier.UNKNOWN)).stream()
                .filter(tier -> Topics.tasks(tier).name().equals(topic)
                        || Topics.memories(tier).name().equals(topic))
                .findFirst()
                .orElse(null);
    }
}
