package io.memoryreflector.benchmarks.whole;

import io.memoryreflector.benchmarks.Benchmark;
import io.memoryreflector.benchmarks.Length;
import io.memoryreflector.benchmarks.ingest.BareEndpoint;
import io.memoryreflector.benchmarks.ingest.EndpointProcess;
import io.memoryreflector.benchmarks.ingest.Interactions;
import io.memoryreflector.benchmarks.ingest.Wrk;
import io.memoryreflector.benchmarks.measure.Comparison;
import io.memoryreflector.benchmarks.measure.Contender;
import io.memoryreflector.benchmarks.measure.Figure;
import io.memoryreflector.benchmarks.measure.Goal;
import io.memoryreflector.benchmarks.measure.Result;
import io.memoryreflector.benchmarks.measure.Sample;
import io.memoryreflector.benchmarks.measure.Turns;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** What our programs take of memory, idle and loaded, and how long they take to start. */
public final class Footprint implements Benchmark {

    private static final int CONNECTIONS = 16;
    private static final double KIB_A_MIB = 1_024;
    private static final EnumSet<Part> PROGRAMS = EnumSet.of(Part.INGEST, Part.REFLECTOR, Part.CONNECT);

    @Override
    public String name() {
        return "footprint";
    }

    @Override
    public List<Result> measure(Turns turns, Length length) throws Exception {
        try (var stack = LocalStack.startLongLived(Part.whole(), Map.of());
                var wrk = new Wrk()) {
            var results = new ArrayList<Result>();
            for (var part : PROGRAMS) {
                results.add(turns.of(starting(stack, part)));
            }
            for (var part : PROGRAMS) {
                results.add(turns.of(Figure.of(
                        "resident memory of " + part,
                        "MiB",
                        new Contender("loaded", () -> {
                            wrk.run(
                                    stack.ingestUrl() + "/api/v1/interactions",
                                    CONNECTIONS,
                                    length.each(),
                                    "one",
                                    Interactions.QUESTION,
                                    Interactions.ANSWER);
                            return resident(stack, part);
                        }),
                        Comparison.with(new Goal.Reported(), new Contender("just started", () -> {
                            stack.process(part).restart();
                            return resident(stack, part);
                        })))));
            }
            return results;
        }
    }

    private static Figure starting(LocalStack stack, Part part) {
        return Figure.of(
                "start to ready of " + part,
                "s",
                new Contender("restarted", () -> {
                    var begun = System.nanoTime();
                    stack.process(part).restart();
                    return Sample.of((System.nanoTime() - begun) / 1e9);
                }),
                Comparison.with(new Goal.Reported(), new Contender("a bare Spring endpoint", () -> {
                    var begun = System.nanoTime();
                    new EndpointProcess(BareEndpoint.class).close();
                    return Sample.of((System.nanoTime() - begun) / 1e9);
                })));
    }

    private static Sample resident(LocalStack stack, Part part) throws IOException {
        var status = Files.readString(
                Path.of("/proc", Long.toString(stack.process(part).pid()), "status"));
        var line =
                status.lines().filter(it -> it.startsWith("VmRSS:")).findFirst().orElseThrow();
        return Sample.of(Long.parseLong(line.replaceAll("\\D", "")) / KIB_A_MIB);
    }
}
