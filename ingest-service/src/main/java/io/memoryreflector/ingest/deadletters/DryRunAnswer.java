package io.memoryreflector.ingest.deadletters;

import java.util.List;

/**
 * What a job would do.
 *
 * @param matched letters that it would be about
 * @param beyondLimit letters that match as well and would be too many for it
 * @param sample the first of them
 */
record DryRunAnswer(boolean dryRun, int matched, int beyondLimit, List<LetterSummary> sample) {

    private static final int SAMPLE = 10;

    static DryRunAnswer of(Selection selection) {
        return new DryRunAnswer(
                true,
                selection.size(),
                selection.beyondLimit(),
                sample(selection).stream().map(LetterSummary::of).toList());
    }

    /** The letters that are shown. */
    static List<Entry> sample(Selection selection) {
        return selection.entries().subList(0, Math.min(SAMPLE, selection.size()));
    }
}
