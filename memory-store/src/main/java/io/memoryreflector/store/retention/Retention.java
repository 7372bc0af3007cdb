package io.memoryreflector.store.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a namespace keeps things in the stores, from when they were recorded; empty is forever.
 *
 * @param interactions what was said, word for word
 * @param sessions sessions in short
 * @param memories of every tier
 */
public record Retention(Optional<Duration> interactions, Optional<Duration> sessions, Optional<Duration> memories) {

    /** What was said for 30 days, sessions for a year, memories forever. */
    public static Retention standard() {
        return new Retention(Optional.of(Duration.ofDays(30)), Optional.of(Duration.ofDays(365)), Optional.empty());
    }

    /** What was recorded before it has been kept for long enough; nothing was recorded before 1970. */
    static Instant before(Optional<Duration> time, Instant now) {
        return time.map(now::minus)
                .filter(before -> before.isAfter(Instant.EPOCH))
                .orElse(Instant.EPOCH);
    }
}
