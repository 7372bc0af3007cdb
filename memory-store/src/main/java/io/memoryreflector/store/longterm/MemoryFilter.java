package io.memoryreflector.store.longterm;

import io.memoryreflector.events.Tier;
import java.time.Instant;
import java.util.Optional;

/**
 * Which memories to list.
 *
 * @param q text that must be contained, in any case
 * @param cursor as the page before gave it
 * @param asOf only those that had happened and were not over then
 */
public record MemoryFilter(
        Optional<Tier> tier,
        Optional<String> sessionId,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<String> q,
        int limit,
        Optional<String> cursor,
        Optional<Instant> asOf) {

    /** Of any time. */
    public MemoryFilter(
            Optional<Tier> tier,
            Optional<String> sessionId,
            Optional<Instant> from,
            Optional<Instant> to,
            Optional<String> q,
            int limit,
            Optional<String> cursor) {
        this(tier, sessionId, from, to, q, limit, cursor, Optional.empty());
    }
}
