package io.memoryreflector.benchmarks.measure;

import java.util.Locale;
import java.util.OptionalDouble;

/** What ours has to be. */
public sealed interface Goal {

    /**
     * How far ours is above the goal: 1 and more is enough. Empty where there is none.
     *
     * @param ours the median
     * @param ratio of ours to the reference, the median
     */
    OptionalDouble margin(double ours, double ratio);

    /** In words. */
    String text();

    /** Whether it is reached. */
    default boolean isReached(double ours, double ratio) {
        return margin(ours, ratio).orElse(1) >= 1;
    }

    /** A rate that is at least so much of the slowest reference's. */
    record AtLeast(double share) implements Goal {

        @Override
        public OptionalDouble margin(double ours, double ratio) {
            return OptionalDouble.of(ratio / share);
        }

        @Override
        public String text() {
            return "≥ " + times(share);
        }
    }

    /** A time that is at most so much of the shortest reference's. */
    record AtMost(double share) implements Goal {

        @Override
        public OptionalDouble margin(double ours, double ratio) {
            return OptionalDouble.of(share / ratio);
        }

        @Override
        public String text() {
            return "≤ " + times(share);
        }
    }

    /** A value of at most so much, whatever the reference, which tells what the machine does. */
    record Below(double limit, String unit) implements Goal {

        @Override
        public OptionalDouble margin(double ours, double ratio) {
            return OptionalDouble.of(limit / ours);
        }

        @Override
        public String text() {
            return String.format(Locale.ROOT, "≤ %.0f %s", limit, unit);
        }
    }

    /** A value that is above the reference's by at most so much. */
    record Within(double more, String unit) implements Goal {

        @Override
        public OptionalDouble margin(double ours, double ratio) {
            var over = ours - ours / ratio;
            return OptionalDouble.of(over <= 0 ? Double.POSITIVE_INFINITY : more / over);
        }

        @Override
        public String text() {
            return String.format(Locale.ROOT, "≤ %.0f %s more", more, unit);
        }
    }

    /** None: it is shown. */
    record Reported() implements Goal {

        @Override
        public OptionalDouble margin(double ours, double ratio) {
            return OptionalDouble.empty();
        }

        @Override
        public String text() {
            return "reported";
        }
    }

    /** Shares in percent, multiples as such. */
    static String times(double ratio) {
        return ratio < 1.5
                ? String.format(Locale.ROOT, "%.0f %%", 100 * ratio)
                : String.format(Locale.ROOT, "%.1f ×", ratio);
    }
}
