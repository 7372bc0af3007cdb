package io.memoryreflector.benchmarks;

import io.memoryreflector.benchmarks.before.TheOldWay;
import io.memoryreflector.benchmarks.ingest.CollectorIngest;
import io.memoryreflector.benchmarks.ingest.PacedIngest;
import io.memoryreflector.benchmarks.ingest.RestIngest;
import io.memoryreflector.benchmarks.ingest.Wrk;
import io.memoryreflector.benchmarks.measure.Result;
import io.memoryreflector.benchmarks.measure.Turns;
import io.memoryreflector.benchmarks.reflect.ReflectStage;
import io.memoryreflector.benchmarks.stores.Neo4jSink;
import io.memoryreflector.benchmarks.stores.RecallSpeed;
import io.memoryreflector.benchmarks.topology.TopologyOverhead;
import io.memoryreflector.benchmarks.whole.Footprint;
import io.memoryreflector.benchmarks.whole.OfflinePipeline;
import io.memoryreflector.benchmarks.whole.Recallable;
import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@code make bench}: every figure beside its reference.
 *
 * <p>Settings: {@code BENCH} names benchmarks with commas, all without; {@code TURNS} that count, 5; {@code SHORT=true} for
 * minutes instead of an hour; {@code PAGE} is a file for the table, with a picture beside it. Ends with 0 if every goal is reached, 1 if not, 2 for a wrong setting.
 */
public final class Benchmarks {

    private static final List<Benchmark> ALL = List.of(
            new RestIngest(),
            new PacedIngest(),
            new CollectorIngest(),
            new TopologyOverhead(),
            new ReflectStage(Duration.ofSeconds(1), 512),
            new ReflectStage(Duration.ofMillis(200), 96),
            new OfflinePipeline(),
            new Recallable(),
            new Neo4jSink(),
            new RecallSpeed(),
            new TheOldWay(),
            new Footprint());

    private Benchmarks() {}

    public static void main(String[] args) throws Exception {
        try {
            System.exit(run(Environment.ofProcess()) ? 0 : 1);
        } catch (InvalidSetting e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static boolean run(Environment environment) throws Exception {
        var isShort = environment.flag("SHORT", false);
        var length = isShort ? Length.SHORT : Length.LONG;
        var turns = new Turns(environment.integer("TURNS", isShort ? 1 : 5, 1, 1_000), length.warmUp(), System.out);
        var chosen = chosen(environment.text("BENCH", ""));
        var page = environment.text("PAGE", "");
        if (!Wrk.isInstalled()) {
            System.err.println("wrk is not on the PATH, which some benchmarks need: on Debian, apt-get install wrk");
            return false;
        }
        var results = new ArrayList<Result>();
        for (var benchmark : chosen) {
            results.addAll(benchmark.measure(turns, length));
        }
        System.out.println();
        System.out.println(new Table(results).markdown());
        if (!page.isEmpty()) {
            new Page(results, Path.of(page)).write();
        }
        return results.stream().allMatch(Result::isReached);
    }

    private static List<Benchmark> chosen(String names) {
        if (names.isEmpty()) {
            return ALL;
        }
        return Arrays.stream(names.split(","))
                .map(name -> ALL.stream()
                        .filter(benchmark -> benchmark.name().equals(name.strip()))
                        .findFirst()
                        .orElseThrow(() -> new InvalidSetting(
                                "BENCH",
                                names,
                                String.join(
                                                ", ",
                                                ALL.stream()
                                                        .map(Benchmark::name)
                                                        .toList())
                                        + ", with commas")))
                .toList();
    }
}
