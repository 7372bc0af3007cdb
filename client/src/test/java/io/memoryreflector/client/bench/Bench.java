package io.memoryreflector.client.bench;

import io.memoryreflector.client.SharedStack;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import java.util.EnumSet;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** All benchmarks against a real Kafka and registry of their own. */
public final class Bench {

    private Bench() {}

    /** @param args seconds of each measurement, and operations of the throughput run */
    public static void main(String[] args) throws RunnerException, InterruptedException {
        var seconds = Integer.parseInt(args[0]);
        var operations = Integer.parseInt(args[1]);
        try (var stack = LocalStack.start(EnumSet.of(Part.KAFKA, Part.REGISTRY))) {
            SharedStack.makeTopics(stack);
            for (var threads : new int[] {1, 100}) {
                new Runner(options(stack, seconds)
                                .include("CollectBenchmark")
                                .threads(threads)
                                .build())
                        .run();
            }
            new Throughput(stack).run(operations);
        }
    }

    private static OptionsBuilder options(LocalStack stack, int seconds) {
        var options = new OptionsBuilder();
        options.forks(1)
                .warmupIterations(2)
                .warmupTime(TimeValue.seconds(seconds))
                .measurementIterations(2)
                .measurementTime(TimeValue.seconds(seconds))
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend(
                        "-Xmx2g",
                        "-Dbench.kafka=" + stack.kafkaBootstrapServers(),
                        "-Dbench.registry=" + stack.schemaRegistryUrl());
        return options;
    }
}
