package io.memoryreflector.benchmarks;

import io.memoryreflector.benchmarks.before.TheOldWay;
import io.memoryreflector.benchmarks.ingest.CollectorIngest;
import io.memoryreflector.benchmarks.ingest.PacedIngest;
import io.memoryreflector.benchmarks.ingest.RestIngest;
import io.memoryreflector.benchmarks.measure.Result;
import io.memoryreflector.benchmarks.measure.Turns;
import io.memoryreflector.benchmarks.reflect.ReflectStage;
import io.memoryreflector.benchmarks.stores.Neo4jSink;
import io.memoryreflector.benchmarks.stores.RecallSpeed;
import io.memoryreflector.benchmarks.topology.TopologyOverhead;
import io.memoryreflector.benchmarks.whole.Footprint;
import io.memoryreflector.benchmarks.whole.OfflinePipeline;
import io.memoryreflector.benchmarks.whole.Recallable;
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
        var isShort = Boolean.parseBoolean(System.getenv().getOrDefault("SHORT", "false"));
        var turns = new Turns(turnCount(isShort), System.out);
        var results = new ArrayList<Result>();
        for (var benchmark : chosen(System.getenv().getOrDefault("BENCH", ""))) {
            results.addAll(benchmark.measure(turns, isShort ? Length.SHORT : Length.LONG));
        }
        System.out.println();
        System.out.println(new Table(results).markdown());
        var page = System.getenv().getOrDefault("PAGE", "");
        if (!page.isBlank()) {
            new Page(results, Path.of(page)).write();
        }
        System.exit(results.stream().allMatch(Result::isReached) ? 0 : 1);
    }

    private static int turnCount(boolean isShort) {
        return Integer.parseInt(System.getenv().getOrDefault("TURNS", isShort ? "1" : "5"));
    }

    private static List<Benchmark> chosen(String names) {
        if (names.isBlank()) {
            return ALL;
        }
        return Arrays.stream(names.split(","))
                .map(name -> ALL.stream()
                        .filter(benchmark -> benchmark.name().equals(name.strip()))
                        .findFirst()
                        .orElseGet(() -> wrong(name)))
                .toList();
    }

    private static Benchmark wrong(String name) {
        System.err.println("BENCH: got '" + name + "', takes "
                + String.join(", ", ALL.stream().map(Benchmark::name).toList()) + " with commas");
        System.exit(2);
        throw new IllegalStateException("unreachable");
    }
}
