package io.memoryreflector.benchmarks;

import io.memoryreflector.benchmarks.measure.Comparison;
import io.memoryreflector.benchmarks.measure.Contender;
import io.memoryreflector.benchmarks.measure.Goal;
import io.memoryreflector.benchmarks.measure.Result;
import io.memoryreflector.benchmarks.measure.Values;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** All figures of a run as a table in Markdown: median and, in brackets, the least and the most of all turns. */
record Table(List<Result> results) {

    String markdown() {
        return "| what | measured | of the reference | goal |\n|---|---|---|---|\n"
                + results.stream().map(Table::row).collect(Collectors.joining());
    }

    private static String row(Result result) {
        var figure = result.figure();
        return "| %s, %s | %s | %s | %s |%n"
                .formatted(
                        figure.what(),
                        figure.unit(),
                        figure.contenders().stream()
                                .map(contender -> measured(result, contender))
                                .collect(Collectors.joining("<br>")),
                        figure.comparisons().stream()
                                .map(comparison -> share(result, comparison))
                                .collect(Collectors.joining("<br>")),
                        figure.comparisons().stream()
                                .map(comparison ->
                                        comparison.goal().text() + (result.isReached(comparison) ? "" : ", **missed**"))
                                .collect(Collectors.joining("<br>")));
    }

    private static String measured(Result result, Contender contender) {
        var values = result.values(contender);
        return "%s: **%s** (%s to %s)%s"
                .formatted(
                        contender.name(),
                        plain(values.median()),
                        plain(values.least()),
                        plain(values.most()),
                        result.beside(contender).entrySet().stream()
                                .map(entry -> ", " + entry.getKey() + " " + plain(entry.getValue()))
                                .collect(Collectors.joining()));
    }

    private static String share(Result result, Comparison comparison) {
        Values ratios = result.ratios(comparison);
        return "**%s** (%s to %s)"
                .formatted(Goal.times(ratios.median()), Goal.times(ratios.least()), Goal.times(ratios.most()));
    }

    private static String plain(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
    }
}
