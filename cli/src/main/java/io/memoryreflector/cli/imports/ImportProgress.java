package io.memoryreflector.cli.imports;

import io.memoryreflector.cli.output.SlowWork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Shows how far an import is, a few times a second. For one thread. */
final class ImportProgress {

    private static final Duration EVERY = Duration.ofMillis(200);

    private final SlowWork bar;
    private final ImportFile source;
    private final Tally tally;
    private final InstantSource clock;
    private final Instant begun;
    private Instant shown;

    ImportProgress(SlowWork bar, ImportFile source, Tally tally, InstantSource clock) {
        this.bar = bar;
        this.source = source;
        this.tally = tally;
        this.clock = clock;
        this.begun = clock.instant();
        this.shown = begun;
    }

    /** Shows it, unless that was done a moment ago. */
    void show() {
        var now = clock.instant();
        if (Duration.between(shown, now).compareTo(EVERY) < 0) {
            return;
        }
        shown = now;
        var settled = tally.settled();
        var perSecond =
                settled * 1000 / Math.max(1, Duration.between(begun, now).toMillis());
        bar.reached(source.position(), source.size(), settled + " lines, " + perSecond + "/s");
    }
}
