package io.memoryreflector.store.recall;

import io.memoryreflector.store.longterm.Memory;
import java.util.Map;

/**
 * A memory that was recalled.
 *
 * @param score higher is better; comparable within one answer only
 * @param parts what the score is made of
 */
public record RecalledItem(Memory memory, double score, Map<String, Double> parts) {}
