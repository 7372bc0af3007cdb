package io.memoryreflector.benchmarks.measure;

import java.util.List;

/** Values of one thing in several turns. */
public record Values(List<Double> values) {

    /** @throws IllegalArgumentException without any */
    public Values {
        values = values.stream().sorted().toList();
        if (values.isEmpty()) {
            throw new IllegalArgumentException("values: got none, takes one and more");
        }
    }

    /** The middle one; of two middle ones their mean. */
    public double median() {
        var half = values.size() / 2;
        return values.size() % 2 == 1 ? values.get(half) : (values.get(half - 1) + values.get(half)) / 2;
    }

    /** The least. */
    public double least() {
        return values.get(0);
    }

    /** The most. */
    public double most() {
        return values.get(values.size() - 1);
    }
}
