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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How long an acknowledgement takes at a steady pace, beside Kafka's own producer at the same one. */
public final class PacedIngest implements Benchmark {

    private static final int SINGLY = 1_000;
    private static final int BATCHES = 100;
    private static final int AT_ONCE = 100;
    private static final int TIMES_LONGER = 6;
    private static final String PATH = "/api/v1/interactions";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    @Override
    public String name() {
        return "paced-ingest";
    }

    @Override
    public List<Result> measure(Turns turns, Length length) throws Exception {
        var time = length.each().multipliedBy(TIMES_LONGER);
        try (var stack = LocalStack.startLongLived(
                        EnumSet.of(Part.KAFKA, Part.REGISTRY, Part.REDIS, Part.INGEST),
                        Map.of("REFLECTION_ENABLED", "false"));
                var producer = new BareProducer(
                        stack.kafkaBootstrapServers(), EventSerdes.of(stack.schemaRegistryUrl()), Map.of())) {
            return List.of(turns.of(Figure.of(
                    "10 000 interactions/s in batches and 1 000/s singly: p99 of a single acknowledgement",
                    "ms",
                    new Contender(
                            "REST",
                            () -> both(
                                    time,
                                    () -> post(stack.ingestUrl() + PATH, "application/json", one()),
                                    () -> post(stack.ingestUrl() + PATH + ":batch", "application/x-ndjson", many()))),
                    Comparison.with(
                            new Goal.Within(10, "ms"),
                            new Contender(
                                    "Kafka's producer",
                                    () -> both(
                                            time,
                                            producer::send,
                                            () -> CompletableFuture.allOf(IntStream.range(0, AT_ONCE)
                                                    .mapToObj(i -> producer.send())
                                                    .toArray(CompletableFuture[]::new))))))));
        }
    }

    private interface Work extends Supplier<CompletableFuture<?>> {}

    private static Sample both(Duration time, Work single, Work batch) throws Exception {
        var beside = Executors.newSingleThreadExecutor();
        try {
            var batches = beside.submit(() -> Paced.offer(BATCHES, time, batch));
            var singles = Paced.offer(SINGLY, time, single);
            return new Sample(Paced.p99(singles), Map.of("p99 of a batch", Paced.p99(batches.get())));
        } finally {
            beside.shutdownNow();
        }
    }

    private CompletableFuture<?> post(String url, String type, String body) {
        var request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenAccept(answer -> {
            if (answer.statusCode() / 100 != 2 || answer.body().contains("spooled")) {
                throw new IllegalStateException(url + " answers " + answer.statusCode() + ": " + answer.body());
            }
        });
    }

    private static String many() {
        return IntStream.range(0, AT_ONCE).mapToObj(i -> one()).collect(Collectors.joining("\n"));
    }

    private static String one() {
        return "{\"user_id\":\"user" + System.nanoTime() % Interactions.USERS
                + "\",\"session_id\":\"s1\",\"messages\":[{\"role\":\"user\",\"content\":\"" + Interactions.QUESTION
                + "\"},{\"role\":\"assistant\",\"content\":\"" + Interactions.ANSWER + "\"}]}";
    }
}
