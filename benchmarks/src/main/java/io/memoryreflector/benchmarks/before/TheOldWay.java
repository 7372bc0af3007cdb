package io.memoryreflector.benchmarks.before;

import io.memoryreflector.benchmarks.Benchmark;
import io.memoryreflector.benchmarks.Length;
import io.memoryreflector.benchmarks.ingest.EndpointProcess;
import io.memoryreflector.benchmarks.ingest.Interactions;
import io.memoryreflector.benchmarks.ingest.Wrk;
import io.memoryreflector.benchmarks.measure.Comparison;
import io.memoryreflector.benchmarks.measure.Contender;
import io.memoryreflector.benchmarks.measure.Figure;
import io.memoryreflector.benchmarks.measure.Goal;
import io.memoryreflector.benchmarks.measure.Result;
import io.memoryreflector.benchmarks.measure.Turns;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** What a request costs where a queue takes it, beside the log. */
public final class TheOldWay implements Benchmark {

    private static final int CONNECTIONS = 64;
    private static final String PATH = "/api/v1/interactions";

    @Override
    public String name() {
        return "old-way";
    }

    @Override
    public List<Result> measure(Turns turns, Length length) throws Exception {
        try (var stack = LocalStack.startLongLived(
                        EnumSet.of(Part.KAFKA, Part.REGISTRY, Part.REDIS, Part.RABBITMQ, Part.INGEST), Map.of());
                var wrk = new Wrk();
                var queue = new EndpointProcess(QueueEndpoint.class, stack.rabbitMqUrl(), stack.redisUrl())) {
            return List.of(turns.of(Figure.of(
                    "the old way: a request of one interaction, 64 connections",
                    "requests/s",
                    contender("POST into the log", wrk, stack.ingestUrl(), length),
                    Comparison.with(
                            new Goal.AtLeast(3),
                            contender("RabbitMQ with confirms, and Redis", wrk, queue.url(), length)))));
        }
    }

    private static Contender contender(String name, Wrk wrk, String url, Length length) {
        return new Contender(
                name,
                () -> wrk.run(
                        url + PATH, CONNECTIONS, length.each(), "one", Interactions.QUESTION, Interactions.ANSWER));
    }
}
