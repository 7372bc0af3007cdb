package io.memoryreflector.reflection.session;

import io.memoryreflector.events.Tier;
import java.time.Instant;

/**
 * What one memory of a session says.
 *
 * @param importance 0 to 1
 */
public record SessionLine(String memoryId, Tier tier, String text, double importance, Instant occurredAt) {}
