package io.memoryreflector.benchmarks.ingest;

import io.memoryreflector.benchmarks.Benchmark;
import io.memoryreflector.benchmarks.Length;
import io.memoryreflector.benchmarks.measure.Comparison;
import io.memoryreflector.benchmarks.measure.Contender;
import io.memoryreflector.benchmarks.measure.Figure;
import io.memoryreflector.benchmarks.measure.Goal;
import io.memoryreflector.benchmarks.measure.Result;
import io.memoryreflector.benchmarks.measure.Sample;
import io.memoryreflector.benchmarks.measure.Turns;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topics;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** Over HTTP, one interaction a request and many: beside a bare producer and a bare Spring endpoint. */
public final class RestIngest implements Benchmark {

    private static final int CONNECTIONS = 64;
    private static final int AT_ONCE = 500;
    private static final int BATCH_CONNECTIONS = 8;
    private static final int RECORDS = 1_000_000;
    private static final String PATH = "/api/v1/interactions";

    @Override
    public String name() {
        return "rest-ingest";
    }

    @Override
    public List<Result> measure(Turns turns, Length length) throws Exception {
        try (var stack = LocalStack.startLongLived(
                        EnumSet.of(Part.KAFKA, Part.REGISTRY, Part.REDIS, Part.INGEST),
                        Map.of("REFLECTION_ENABLED", "false"));
                var ends = new Ends(stack.kafkaBootstrapServers());
                var wrk = new Wrk();
                var endpoint = new EndpointProcess(BareEndpoint.class);
                var sending = new EndpointProcess(SendingEndpoint.class, stack.kafkaBootstrapServers());
                var producer = new BareProducer(
                        stack.kafkaBootstrapServers(), EventSerdes.of(stack.schemaRegistryUrl()), Map.of())) {
            var single = new Figure(
                    "REST, one interaction of 1 KB a request, 64 connections",
                    "requests/s",
                    new Contender(
                            "POST /api/v1/interactions",
                            () -> counted(ends, 1, () -> one(wrk, stack.ingestUrl(), length))),
                    List.of(
                            new Comparison(
                                    new Goal.AtLeast(0.6),
                                    List.of(
                                            new Contender(
                                                    "bare producer, 64 threads, one send at a time",
                                                    () -> producer.oneByOne(CONNECTIONS, length.each())),
                                            new Contender(
                                                    "bare Spring endpoint", () -> one(wrk, endpoint.url(), length)))),
                            Comparison.with(
                                    new Goal.Reported(),
                                    new Contender(
                                            "Spring endpoint that only sends to Kafka",
                                            () -> counted(ends, 1, () -> one(wrk, sending.url(), length))))));
            var batched = Figure.of(
                    "REST, NDJSON of 500 interactions of 1 KB a request",
                    "interactions/s",
                    new Contender(
                            "POST /api/v1/interactions:batch",
                            () -> counted(
                                    ends,
                                    AT_ONCE,
                                    () -> wrk.run(
                                            stack.ingestUrl() + PATH + ":batch",
                                            BATCH_CONNECTIONS,
                                            length.each(),
                                            Integer.toString(AT_ONCE),
                                            Interactions.QUESTION,
                                            Interactions.ANSWER))),
                    Comparison.with(
                            new Goal.AtLeast(0.4),
                            new Contender("bare producer", () -> producer.flatOut(length.work(RECORDS)))));
            return List.of(turns.of(single), turns.of(batched));
        }
    }

    private static Sample one(Wrk wrk, String url, Length length) throws Exception {
        return wrk.run(url + PATH, CONNECTIONS, length.each(), "one", Interactions.QUESTION, Interactions.ANSWER);
    }

    /** Looks into Kafka whether what was answered for is there. */
    private static Sample counted(Ends ends, int atOnce, Contender.Run run) throws Exception {
        var before = ends.of(Topics.INTERACTIONS);
        var begun = System.nanoTime();
        var sample = run.measure();
        var seconds = (System.nanoTime() - begun) / 1e9;
        var there = ends.of(Topics.INTERACTIONS) - before;
        // Those in flight at the end are answered after the last that counts.
        if (there < 0.9 * sample.value() * atOnce * (seconds - 1)) {
            throw new IllegalStateException(
                    "answered " + sample.value() * atOnce + " a second for " + seconds + " s, in Kafka are " + there);
        }
        return new Sample(sample.value() * atOnce, sample.beside());
    }
}
