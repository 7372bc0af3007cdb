package io.memoryreflector.systemtests.eval;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints what was measured as tables. */
final class Report {

    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    /** One system's scores by category. */
    void byCategory(String title, List<Scored> scores) {
        head(title);
        new TreeMap<>(scores.stream().collect(Collectors.groupingBy(Scored::category)))
                .forEach((category, ofCategory) -> row("  " + category, ofCategory));
        row("  all", scores);
        var took = scores.stream().mapToDouble(Scored::tookMs).sorted().toArray();
        out.printf(
                Locale.ROOT, "  latency: p50 %.1f ms, p95 %.1f ms%n", percentile(took, 0.50), percentile(took, 0.95));
    }

    /** Systems under each other, the first of which is ours, and by how much it is ahead of the others. */
    void beside(String title, Map<String, List<Scored>> systems) {
        head(title);
        systems.forEach((name, scores) -> row("  " + name, scores));
        var names = new ArrayList<>(systems.keySet());
        var ours = systems.get(names.get(0));
        for (var other : names.subList(1, names.size())) {
            difference(names.get(0) + " ahead of " + other, ours, systems.get(other));
        }
    }

    /** Ours minus theirs, with the 95 % interval of a paired bootstrap. */
    void difference(String name, List<Scored> ours, List<Scored> theirs) {
        out.printf("  %-42s", name);
        for (var measure : Measure.values()) {
            var difference = PairedBootstrap.of(ours, theirs, measure);
            out.printf(
                    Locale.ROOT,
                    " %s %+.1f [%+.1f, %+.1f]",
                    measure.label(),
                    difference.mean(),
                    difference.low(),
                    difference.high());
        }
        out.println();
    }

    /** What was extracted, against what people found. */
    void facts(Map<String, FactScore> scores) {
        out.printf("%n%-40s %9s %7s %9s %6s %6s%n", "facts", "extracted", "stated", "precision", "recall", "F1");
        scores.forEach((name, score) -> out.printf(
                Locale.ROOT,
                "%-40s %9d %7d %9.2f %6.2f %6.2f%n",
                "  " + name,
                score.extracted(),
                score.stated(),
                score.precision(),
                score.recall(),
                score.f1()));
    }

    void head(String title) {
        out.printf("%n%-40s %9s", title, "questions");
        Arrays.stream(Measure.values()).forEach(measure -> out.printf(" %6s", measure.label()));
        out.println();
    }

    void row(String name, List<Scored> scores) {
        out.printf("%-40s %9d", name, scores.size());
        Arrays.stream(Measure.values())
                .forEach(measure -> out.printf(Locale.ROOT, " %6.1f", Scored.mean(scores, measure)));
        out.println();
    }

    /** The scores of several conversations, system by system. */
    static Map<String, List<Scored>> joined(List<Map<String, List<Scored>>> conversations) {
        var joined = new LinkedHashMap<String, List<Scored>>();
        conversations.forEach(systems -> systems.forEach((name, scores) ->
                joined.computeIfAbsent(name, unknown -> new ArrayList<>()).addAll(scores)));
        return joined;
    }

    private static double percentile(double[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    }
}
