package io.memoryreflector.benchmarks;

import io.memoryreflector.benchmarks.measure.Comparison;
import io.memoryreflector.benchmarks.measure.Result;
import java.util.List;
import java.util.Locale;

/** How far each figure is above or below its goal, as an SVG that is readable on light and on dark. */
record Picture(List<Result> results) {

    private static final int LINE = 28;
    private static final int LABELS = 620;
    private static final int BARS = 360;

    /** Bars of what is further above its goal end here. */
    private static final double MOST = 3;

    String svg() {
        var bars = new StringBuilder();
        var line = 0;
        for (var result : results) {
            for (var comparison : result.figure().comparisons()) {
                if (result.margin(comparison).isPresent()) {
                    bars.append(bar(result, comparison, ++line * LINE));
                }
            }
        }
        var height = (line + 2) * LINE;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" font-family="sans-serif" font-size="13">
                <rect width="%1$d" height="%2$d" fill="#fff"/>
                %3$s<line x1="%4$d" y1="%5$d" x2="%4$d" y2="%6$d" stroke="#222" stroke-dasharray="4 3"/>
                <text x="%4$d" y="%7$d" text-anchor="middle" fill="#222">the goal</text>
                </svg>
                """.formatted(
                        LABELS + BARS + 70,
                        height,
                        bars,
                        LABELS + (int) (BARS / MOST),
                        LINE / 2,
                        height - LINE,
                        height - LINE / 3);
    }

    private static String bar(Result result, Comparison comparison, int y) {
        var margin = result.margin(comparison).getAsDouble();
        var width = BARS * Math.min(MOST, margin) / MOST;
        return String.format(
                Locale.ROOT,
                """
                <text x="%d" y="%d" text-anchor="end" fill="#222">%s</text>
                <rect x="%d" y="%d" width="%.0f" height="%d" rx="2" fill="%s"/>
                <text x="%.0f" y="%d" fill="#222">%s</text>
                """,
                LABELS - 8,
                y + 4,
                label(result, comparison),
                LABELS,
                y - LINE / 3,
                width,
                LINE * 2 / 3,
                margin >= 1 ? "#2f7d4f" : "#b3541e",
                LABELS + width + 6,
                y + 4,
                margin > MOST ? "more" : String.format(Locale.ROOT, "%.2f", margin));
    }

    private static String label(Result result, Comparison comparison) {
        var text = result.figure().what() + ": " + comparison.goal().text() + " of "
                + comparison.references().get(0).name();
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
