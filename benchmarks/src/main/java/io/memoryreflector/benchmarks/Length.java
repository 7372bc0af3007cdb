package io.memoryreflector.benchmarks;

import java.time.Duration;

/**
 * How long a run of one contender is.
 *
 * @param each of those that are measured by the clock
 * @param scale by which those that are measured by their work are shorter than they should be, 1 for not at all
 * @param warmUp that each may take
 */
public record Length(Duration each, double scale, Duration warmUp) {

    /** What counts. */
    public static final Length LONG = new Length(Duration.ofSeconds(10), 1, Duration.ofMinutes(2));

    /** Of some minutes in all: shows that all runs, and the order of magnitude. */
    public static final Length SHORT = new Length(Duration.ofSeconds(4), 0.2, Duration.ZERO);

    /** So much work. */
    public int work(int whole) {
        return (int) Math.max(1, whole * scale);
    }
}
