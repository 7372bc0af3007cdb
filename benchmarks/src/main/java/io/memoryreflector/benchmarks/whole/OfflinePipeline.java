package io.memoryreflector.benchmarks.whole;

import io.memoryreflector.benchmarks.Benchmark;
import io.memoryreflector.benchmarks.Length;
import io.memoryreflector.benchmarks.measure.Comparison;
import io.memoryreflector.benchmarks.measure.Contender;
import io.memoryreflector.benchmarks.measure.Figure;
import io.memoryreflector.benchmarks.measure.Goal;
import io.memoryreflector.benchmarks.measure.Pace;
import io.memoryreflector.benchmarks.measure.Result;
import io.memoryreflector.benchmarks.measure.Sample;
import io.memoryreflector.benchmarks.measure.Turns;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Priority;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.Tier;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.reflection.ReflectionRequest;
import io.memoryreflector.reflection.embedding.Embedder;
import io.memoryreflector.reflection.embedding.MiniLmEmbedder;
import io.memoryreflector.reflection.offline.OfflineReflectors;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.systemtests.model.load.Feed;
import io.memoryreflector.systemtests.model.load.ReflectorMetrics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Interactions a second through the offline reflectors, beside the embedding model alone on the same texts. */
public final class OfflinePipeline implements Benchmark {

    private static final int INTERACTIONS = 4_000;
    private static final int TIERS = 3;
    private static final Instant AT = Instant.parse("2026-05-02T10:00:00Z");
    private static final String[] PLACES = {"Lisbon", "Porto", "Berlin", "Vienna", "Kyoto", "Oslo", "Quito", "Turin"};
    private static final String[] THINGS = {"bread", "the piano", "chess", "long walks", "old films", "cold rain"};

    private int turn;

    @Override
    public String name() {
        return "offline";
    }

    @Override
    public List<Result> measure(Turns turns, Length length) throws Exception {
        var interactions = length.work(INTERACTIONS);
        var texts = texts(interactions);
        try (var stack = LocalStack.startLongLived(EnumSet.of(Part.KAFKA, Part.REGISTRY, Part.REFLECTOR), Map.of());
                var feed = new Feed(stack.kafkaBootstrapServers(), EventSerdes.of(stack.schemaRegistryUrl()))) {
            var metrics = new ReflectorMetrics(stack.reflectorUrl());
            return List.of(turns.of(Figure.of(
                    "offline pipeline, embeddings included",
                    "interactions/s",
                    new Contender("the reflector", () -> reflect(feed, metrics, interactions)),
                    Comparison.with(
                            new Goal.AtLeast(0.8),
                            new Contender(
                                    "the embedding model alone, same texts", () -> embed(texts, interactions))))));
        }
    }

    private Sample reflect(Feed feed, ReflectorMetrics metrics, int interactions) throws Exception {
        var before = done(metrics);
        var run = "turn" + ++turn;
        feed.send(
                () -> IntStream.range(0, interactions)
                        .mapToObj(number -> interaction(run, number))
                        .iterator(),
                sent -> {});
        var cpu = cpu(metrics);
        var begun = System.nanoTime();
        var tasks = Pace.of((long) interactions * TIERS, () -> done(metrics) - before);
        var cores = (cpu(metrics) - cpu) / ((System.nanoTime() - begun) / 1e9);
        return new Sample(tasks.value() / TIERS, Map.of("cores busy", Math.round(10 * cores) / 10.0));
    }

    private static long done(ReflectorMetrics metrics) throws InterruptedException {
        return (long) metrics.read().sum("reflector_reflections_total", "outcome=\"completed\"");
    }

    private static double cpu(ReflectorMetrics metrics) throws InterruptedException {
        return metrics.read().sum("process_cpu_seconds_total") + metrics.read().sum("process_cpu_time_ns_total") / 1e9;
    }

    private static Interaction interaction(String run, int number) {
        return Feed.interaction(
                "user" + number % 500, run + ":" + number, text(number), AT.plusSeconds(number), Priority.NORMAL);
    }

    private static String text(int number) {
        return "I moved to " + PLACES[number % PLACES.length] + " and I love " + THINGS[number % THINGS.length]
                + ". Note " + number + ": always answer me in short sentences, please.";
    }

    /** What the offline reflectors ask to embed for them, call by call. */
    private static List<List<String>> texts(int interactions) {
        var asked = new ArrayList<List<String>>();
        var reflectors = OfflineReflectors.all(recorder(asked));
        for (var number = 0; number < interactions; number++) {
            var interaction = interaction("texts", number);
            for (var tier : List.of(Tier.EPISODIC, Tier.SEMANTIC, Tier.PROCEDURAL)) {
                reflectors
                        .get(tier)
                        .reflect(ReflectionRequest.of(List.of(task(interaction, tier))))
                        .toCompletableFuture()
                        .join();
            }
        }
        return asked;
    }

    private static Embedder recorder(List<List<String>> asked) {
        return new Embedder() {
            @Override
            public String model() {
                return "none";
            }

            @Override
            public List<float[]> embed(List<String> texts) {
                asked.add(List.copyOf(texts));
                return texts.stream().map(text -> new float[0]).toList();
            }
        };
    }

    private static ReflectionTask task(Interaction interaction, Tier tier) {
        return ReflectionTask.newBuilder()
                .setInteractionId(interaction.getInteractionId())
                .setNamespace(interaction.getNamespace())
                .setUserId(interaction.getUserId())
                .setSessionId(interaction.getSessionId())
                .setMessages(interaction.getMessages())
                .setContext(List.of())
                .setTier(tier)
                .setPriority(interaction.getPriority())
                .setOccurredAt(interaction.getOccurredAt())
                .setRecordedAt(interaction.getOccurredAt())
                .setFirstAttemptAt(interaction.getOccurredAt())
                .build();
    }

    /** On every core. */
    private static Sample embed(List<List<String>> texts, int interactions) throws Exception {
        var embedder = new MiniLmEmbedder();
        var cores = Runtime.getRuntime().availableProcessors();
        var pool = Executors.newFixedThreadPool(cores);
        var next = new AtomicInteger();
        try {
            var begun = System.nanoTime();
            var workers = new ArrayList<Future<?>>();
            for (var core = 0; core < cores; core++) {
                workers.add(pool.submit(() -> {
                    for (var i = next.getAndIncrement(); i < texts.size(); i = next.getAndIncrement()) {
                        embedder.embed(texts.get(i));
                    }
                }));
            }
            for (var worker : workers) {
                worker.get();
            }
            return Sample.perSecond(interactions, System.nanoTime() - begun);
        } finally {
            pool.shutdownNow();
        }
    }
}
