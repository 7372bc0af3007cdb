package io.memoryreflector.reflection.session;

import io.memoryreflector.events.SourceRef;
import io.memoryreflector.events.Tier;
import java.time.Instant;
import java.util.List;

/**
 * What one memory of a session says.
 *
 * @param importance 0 to 1
 * @param sources the messages that it rests on
 */
public record SessionLine(
        String memoryId, Tier tier, String text, double importance, Instant occurredAt, List<SourceRef> sources) {}
