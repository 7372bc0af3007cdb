package io.memoryreflector.benchmarks.measure;

import java.util.List;

/**
 * What ours is held against.
 *
 * @param references of which the least value counts
 */
public record Comparison(Goal goal, List<Contender> references) {

    /** With one reference. */
    public static Comparison with(Goal goal, Contender reference) {
        return new Comparison(goal, List.of(reference));
    }
}
