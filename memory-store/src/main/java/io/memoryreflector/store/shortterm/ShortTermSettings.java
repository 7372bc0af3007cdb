package io.memoryreflector.store.shortterm;

import java.time.Duration;

/**
 * Bounds of tier 1.
 *
 * @param maxInteractions kept for each user
 * @param ttl after which an idle user's turns are gone
 */
public record ShortTermSettings(int maxInteractions, Duration ttl) {

    /** Fifty interactions and a day. */
    public static ShortTermSettings standard() {
        return new ShortTermSettings(50, Duration.ofHours(24));
    }
}
