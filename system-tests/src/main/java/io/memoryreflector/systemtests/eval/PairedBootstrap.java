package io.memoryreflector.systemtests.eval;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The 95 % interval of the mean difference of two systems over the same questions, by drawing questions with
 * replacement: Efron and Tibshirani, "An Introduction to the Bootstrap" (1993), the percentile interval. The seed is
 * fixed, so that a run can be repeated.
 *
 * @param mean in percent points
 * @param low end, in percent points
 * @param high end, in percent points
 */
record PairedBootstrap(double mean, double low, double high) {

    private static final int DRAWS = 10_000;
    private static final double TAIL = 0.025;

    /** Ours minus theirs. */
    static PairedBootstrap of(List<Scored> ours, List<Scored> theirs, Measure measure) {
        var differences = new double[ours.size()];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = 100
                    * (ours.get(i).measures().get(measure)
                            - theirs.get(i).measures().get(measure));
        }
        var random = new SplittableRandom(1);
        var means = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            var sum = 0.0;
            for (int i = 0; i < differences.length; i++) {
                sum += differences[random.nextInt(differences.length)];
            }
            means[draw] = sum / differences.length;
        }
        Arrays.sort(means);
        return new PairedBootstrap(
                Arrays.stream(differences).average().orElse(0),
                means[(int) (TAIL * DRAWS)],
                means[(int) ((1 - TAIL) * DRAWS) - 1]);
    }
}
