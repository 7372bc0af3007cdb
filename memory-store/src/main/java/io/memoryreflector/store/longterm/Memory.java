package io.memoryreflector.store.longterm;

import io.memoryreflector.events.SourceRef;
import io.memoryreflector.events.Tier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One memory as the graph holds it.
 *
 * @param text the memory in plain words
 * @param vector of unit length; empty where none was made
 * @param vectorModel which model made it
 * @param validTo when a fact stopped being true, by event time
 */
public record Memory(
        String memoryId,
        Tier tier,
        String text,
        Optional<String> sessionId,
        Instant occurredAt,
        Instant recordedAt,
        Optional<Instant> validFrom,
        Optional<Instant> validTo,
        List<SourceRef> sources,
        String reflector,
        double confidence,
        double importance,
        float[] vector,
        String vectorModel) {}
