package io.memoryreflector.benchmarks.measure;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures contenders in turns, each once a turn, so that what changes about the machine changes for all. Before the first,
 * each runs until it is as fast as it gets: a young JVM is measured with its compiler, which takes minutes. Not
 * thread-safe.
 */
public final class Turns {

    /** What two runs of the same differ by at most, once it is warm. */
    private static final double STEADY = 0.03;

    private static final String WARM_UP = "warm-up";

    private final int count;
    private final Duration warmUp;
    private final PrintStream out;

    /**
     * @param count of turns that count
     * @param warmUp after which a contender is taken for warm, whether or not it is; each runs once in any case
     */
    public Turns(int count, Duration warmUp, PrintStream out) {
        this.count = count;
        this.warmUp = warmUp;
        this.out = out;
    }

    /** Measures a figure and prints each run as it is done. */
    public Result of(Figure figure) throws Exception {
        out.printf("%n%s, %s%n", figure.what(), figure.unit());
        for (var contender : figure.contenders()) {
            warmUp(contender);
        }
        var turns = new ArrayList<List<Sample>>();
        for (var turn = 1; turn <= count; turn++) {
            var samples = new ArrayList<Sample>();
            for (var contender : figure.contenders()) {
                samples.add(run(Integer.toString(turn), contender));
            }
            turns.add(List.copyOf(samples));
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

    private void warmUp(Contender contender) throws Exception {
        var end = System.nanoTime() + warmUp.toNanos();
        var before = Double.NaN;
        var last = run(WARM_UP, contender).value();
        // What is not a number is no difference either, so there are two runs unless the time is up.
        while (System.nanoTime() < end && !(Math.abs(last - before) <= STEADY * before)) {
            before = last;
            last = run(WARM_UP, contender).value();
        }
    }

    private Sample run(String turn, Contender contender) throws Exception {
        var sample = contender.run().measure();
        out.printf(
                Locale.ROOT,
                "%8s  %-48s %14.1f  %s%n",
                turn,
                contender.name(),
                sample.value(),
                sample.beside().isEmpty() ? "" : sample.beside());
        return sample;
    }
}
