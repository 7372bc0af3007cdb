package io.memoryreflector.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar for a person whose work takes longer than two seconds; nothing for anyone else. For one thread. */
public final class SlowWork implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int UPDATE_MS = 200;

    private final String task;
    private final Unit unit;
    private final Surroundings surroundings;
    private final InstantSource clock;
    private final Instant begun;
    private ProgressBar bar;

    /** @param clock tells when two seconds are over */
    public SlowWork(String task, Unit unit, Surroundings surroundings, InstantSource clock) {
        this.task = task;
        this.unit = unit;
        this.surroundings = surroundings;
        this.clock = clock;
        this.begun = clock.instant();
    }

    /**
     * What is counted.
     *
     * @param name as it stands behind a number, with a space before it
     * @param size how many make one
     */
    public record Unit(String name, long size) {}

    /**
     * So much is done.
     *
     * @param of all there is; -1 where nobody knows
     * @param note stands at the bar's end
     */
    public void reached(long done, long of, String note) {
        if (bar == null) {
            if (!surroundings.terminal().err()
                    || Duration.between(begun, clock.instant()).compareTo(PATIENCE) < 0) {
                return;
            }
            bar = newBar(of);
        }
        bar.maxHint(of);
        bar.stepTo(done);
        bar.setExtraMessage(note);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    private ProgressBar newBar(long of) {
        return ProgressBar.builder()
                .setTaskName(task)
                .setInitialMax(of)
                .setUnit(unit.name(), unit.size())
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MS)
                .setConsumer(new ConsoleProgressBarConsumer(
                        surroundings.err(), surroundings.terminal().columns()))
                .startsFrom(0, Duration.between(begun, clock.instant()))
                .build();
    }
}
