package io.memoryreflector.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * A figure and how it came out.
 *
 * @param turns one sample of each contender a turn, in the figure's order
 */
public record Result(Figure figure, List<List<Sample>> turns) {

    /** Of a contender. */
    public Values values(Contender contender) {
        return new Values(turns.stream().map(turn -> value(turn, contender)).toList());
    }

    /** Ours by the least of the references, turn by turn: what the machine was busy with beside is in both. */
    public Values ratios(Comparison comparison) {
        return new Values(turns.stream()
                .map(turn -> value(turn, figure.ours())
                        / comparison.references().stream()
                                .mapToDouble(reference -> value(turn, reference))
                                .min()
                                .orElseThrow())
                .toList());
    }

    /** How far the medians are above the goal of a comparison, 1 for just there; empty where there is none. */
    public OptionalDouble margin(Comparison comparison) {
        return comparison
                .goal()
                .margin(values(figure.ours()).median(), ratios(comparison).median());
    }

    /** Whether the medians reach the goal of a comparison. */
    public boolean isReached(Comparison comparison) {
        return comparison
                .goal()
                .isReached(values(figure.ours()).median(), ratios(comparison).median());
    }

    /** Whether they reach all. */
    public boolean isReached() {
        return figure.comparisons().stream().allMatch(this::isReached);
    }

    /** What else was seen of a contender, the median of each. */
    public Map<String, Double> beside(Contender contender) {
        var byName = new TreeMap<String, List<Double>>();
        for (var turn : turns) {
            sample(turn, contender).beside().forEach((name, value) -> byName.computeIfAbsent(
                            name, unused -> new ArrayList<>())
                    .add(value));
        }
        var medians = new TreeMap<String, Double>();
        byName.forEach((name, values) -> medians.put(name, new Values(values).median()));
        return medians;
    }

    private double value(List<Sample> turn, Contender contender) {
        return sample(turn, contender).value();
    }

    private Sample sample(List<Sample> turn, Contender contender) {
        return turn.get(figure.contenders().indexOf(contender));
    }
}
