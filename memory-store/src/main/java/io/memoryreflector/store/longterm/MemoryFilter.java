package io.memoryreflector.store.longterm;

import io.memoryreflector.events.Tier;
import java.time.Instant;
import java.util.Optional;

/**
 * Which memories to list.
 *
 * @param q text that must be contained, in any case
 * @param cursor as the page before gave it
 */
public record MemoryFilter(
        Optional<Tier> tier,
        Optional<String> sessionId,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<String> q,
        int limit,
        Optional<String> cursor) {}
