package io.memoryreflector.systemtests.model;

import java.time.Duration;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * How long the stub takes to answer. Immutable.
 *
 * @param kind of distribution
 * @param ms the time, the shortest time, or the median
 * @param spread unused; the longest time in milliseconds; or the sigma of the logarithm
 */
public record Latency(Kind kind, double ms, double spread) {

    private static final double LONGEST_MS = 600_000;

    /** Shapes of distribution. */
    public enum Kind {
        FIXED,
        UNIFORM,
        LOGNORMAL
    }

    /** @throws IllegalArgumentException naming the field, what it got and what it takes */
    public Latency {
        if (!(ms >= 0 && ms <= LONGEST_MS)) {
            throw new IllegalArgumentException("latency.ms: got " + ms + ", takes 0 to 600000");
        }
        if (kind == Kind.UNIFORM && !(spread >= ms && spread <= LONGEST_MS)) {
            throw new IllegalArgumentException(
                    "latency.spread: got " + spread + ", takes the longest time in ms, at least latency.ms");
        }
        if (kind == Kind.LOGNORMAL && !(spread >= 0 && spread <= 3)) {
            throw new IllegalArgumentException("latency.spread: got " + spread + ", takes a sigma of 0 to 3");
        }
    }

    /** Always the same. */
    public static Latency fixed(Duration time) {
        return new Latency(Kind.FIXED, time.toMillis(), 0);
    }

    /** Anything between two times alike. */
    public static Latency uniform(Duration shortest, Duration longest) {
        return new Latency(Kind.UNIFORM, shortest.toMillis(), longest.toMillis());
    }

    /** Half of them below the median, with a long tail, as models have it. */
    public static Latency lognormal(Duration median, double sigma) {
        return new Latency(Kind.LOGNORMAL, median.toMillis(), sigma);
    }

    /** One answer's time, ten minutes at most. */
    public Duration draw(RandomGenerator random) {
        var drawn =
                switch (kind) {
                    case FIXED -> ms;
                    case UNIFORM -> ms + (spread - ms) * random.nextDouble();
                    case LOGNORMAL -> ms * Math.exp(spread * random.nextGaussian());
                };
        return Duration.ofNanos((long) (Math.min(drawn, LONGEST_MS) * 1_000_000));
    }

    /** As it stands in JSON. */
    String kindName() {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
