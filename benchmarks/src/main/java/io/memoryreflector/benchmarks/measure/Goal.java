package io.memoryreflector.benchmarks.measure;

import java.util.Locale;

/** What ours has to be. */
public sealed interface Goal {

    /** Whether it is, by the medians of ours and of its share of the reference. */
    boolean isReached(double ours, double ratio);

    /** In words. */
    String text();

    /** A rate that is at least so much of the slowest reference's. */
    record AtLeast(double share) implements Goal {

        @Override
        public boolean isReached(double ours, double ratio) {
            return ratio >= share;
        }

        @Override
        public String text() {
            return "≥ " + times(share);
        }
    }

    /** A time that is at most so much of the shortest reference's. */
    record AtMost(double share) implements Goal {

        @Override
        public boolean isReached(double ours, double ratio) {
            return ratio <= share;
        }

        @Override
        public String text() {
            return "≤ " + times(share);
        }
    }

    /** A value below so much, whatever the reference, which tells what the machine does. */
    record Below(double limit, String unit) implements Goal {

        @Override
        public boolean isReached(double ours, double ratio) {
            return ours < limit;
        }

        @Override
        public String text() {
            return String.format(Locale.ROOT, "< %.0f %s", limit, unit);
        }
    }

    /** A value that is above the reference's by less than so much. */
    record Within(double more, String unit) implements Goal {

        @Override
        public boolean isReached(double ours, double ratio) {
            return ours - ours / ratio < more;
        }

        @Override
        public String text() {
            return String.format(Locale.ROOT, "< %.0f %s more", more, unit);
        }
    }

    /** None: it is shown. */
    record Reported() implements Goal {

        @Override
        public boolean isReached(double ours, double ratio) {
            return true;
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
