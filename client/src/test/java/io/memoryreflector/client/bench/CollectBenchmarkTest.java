package io.memoryreflector.client.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The benchmark runs, and a call allocates what it must and no more; how fast it is, {@code make bench-client} says. */
class CollectBenchmarkTest {

    /** The id and the operation, with headers and padding; a third object of note would be more. */
    private static final double MOST_BYTES = 100;

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void shouldAllocateTheIdAndTheOperationOnly() throws RunnerException {
        var options = new OptionsBuilder()
                .include("CollectBenchmark.away")
                .mode(Mode.AverageTime)
                .forks(0)
                .warmupIterations(1)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(1)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .build();

        var result = new Runner(options).runSingle();

        assertThat(result.getPrimaryResult().getScore()).as("microseconds").isPositive();
        assertThat(result.getSecondaryResults().get("gc.alloc.rate.norm").getScore())
                .as("bytes a call")
                .isBetween(1.0, MOST_BYTES);
    }
}
