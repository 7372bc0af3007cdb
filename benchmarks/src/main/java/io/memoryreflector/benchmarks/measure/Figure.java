package io.memoryreflector.benchmarks.measure;

import java.util.List;
import java.util.stream.Stream;

/**
 * What is measured, and beside what.
 *
 * @param what in a few words
 * @param unit of every contender's value
 * @param ours what is judged
 * @param comparisons at least one
 */
public record Figure(String what, String unit, Contender ours, List<Comparison> comparisons) {

    /** With one comparison. */
    public static Figure of(String what, String unit, Contender ours, Comparison comparison) {
        return new Figure(what, unit, ours, List.of(comparison));
    }

    /** Ours and then the references, in their order. */
    public List<Contender> contenders() {
        return Stream.concat(
                        Stream.of(ours), comparisons.stream().flatMap(comparison -> comparison.references().stream()))
                .toList();
    }
}
