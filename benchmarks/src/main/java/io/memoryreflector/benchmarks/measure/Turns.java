package io.memoryreflector.benchmarks.measure;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures contenders in turns, each once a turn, so that what changes about the machine changes for all. The first turn
 * warms up and does not count. Not thread-safe.
 */
public final class Turns {

    private final int count;
    private final PrintStream out;

    /** @param count of turns that count */
    public Turns(int count, PrintStream out) {
        this.count = count;
        this.out = out;
    }

    /** Measures a figure and prints each run as it is done. */
    public Result of(Figure figure) throws Exception {
        out.printf("%n%s, %s%n", figure.what(), figure.unit());
        var turns = new ArrayList<List<Sample>>();
        for (var turn = 0; turn <= count; turn++) {
            var samples = new ArrayList<Sample>();
            for (var contender : figure.contenders()) {
                samples.add(run(turn, contender));
            }
            if (turn > 0) {
                turns.add(List.copyOf(samples));
            }
        }
        var result = new Result(figure, turns);
        for (var comparison : figure.comparisons()) {
            out.printf(
                    " median  %s of the reference, goal %s: %s%n",
                    Goal.times(result.ratios(comparison).median()),
                    comparison.goal().text(),
                    result.isReached(comparison) ? "reached" : "missed");
        }
        return result;
    }

    private Sample run(int turn, Contender contender) throws Exception {
        var sample = contender.run().measure();
        out.printf(
                Locale.ROOT,
                "%8s  %-48s %14.1f  %s%n",
                turn == 0 ? "warm-up" : turn,
                contender.name(),
                sample.value(),
                sample.beside().isEmpty() ? "" : sample.beside());
        return sample;
    }
}
