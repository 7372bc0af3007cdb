package io.memoryreflector.benchmarks;

import io.memoryreflector.benchmarks.measure.Result;
import io.memoryreflector.benchmarks.measure.Turns;
import java.util.List;

/** One or more figures that need the same servers. */
public interface Benchmark {

    /** What it is called on the command line, such as {@code rest-ingest}. */
    String name();

    /** Starts what it needs, measures, and stops it again. */
    List<Result> measure(Turns turns, Length length) throws Exception;
}
