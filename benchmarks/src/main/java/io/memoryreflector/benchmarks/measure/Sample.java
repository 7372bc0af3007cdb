package io.memoryreflector.benchmarks.measure;

import java.util.Map;

/**
 * What one run came to.
 *
 * @param value in the figure's unit
 * @param beside what else was seen, such as a percentile, by what it is called with its unit; shown, not judged
 */
public record Sample(double value, Map<String, Double> beside) {

    /** A value alone. */
    public static Sample of(double value) {
        return new Sample(value, Map.of());
    }

    /** So many in so long. */
    public static Sample perSecond(long count, long nanos) {
        return of(count * 1e9 / nanos);
    }
}
