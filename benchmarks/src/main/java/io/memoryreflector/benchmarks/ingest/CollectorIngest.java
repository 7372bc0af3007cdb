package io.memoryreflector.benchmarks.ingest;

import io.memoryreflector.benchmarks.Benchmark;
import io.memoryreflector.benchmarks.CatalogueTopics;
import io.memoryreflector.benchmarks.Length;
import io.memoryreflector.benchmarks.measure.Comparison;
import io.memoryreflector.benchmarks.measure.Contender;
import io.memoryreflector.benchmarks.measure.Figure;
import io.memoryreflector.benchmarks.measure.Goal;
import io.memoryreflector.benchmarks.measure.Result;
import io.memoryreflector.benchmarks.measure.Sample;
import io.memoryreflector.benchmarks.measure.Turns;
import io.memoryreflector.client.CollectorSettings;
import io.memoryreflector.client.DraftMessage;
import io.memoryreflector.client.InteractionDraft;
import io.memoryreflector.client.MemoryCollector;
import io.memoryreflector.client.Target;
import io.memoryreflector.client.WhenFull;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topics;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The Java SDK from {@code collect} until Kafka has it, beside a bare producer with the same settings. */
public final class CollectorIngest implements Benchmark {

    private static final int RECORDS = 500_000;
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "collector";
    }

    @Override
    public List<Result> measure(Turns turns, Length length) throws Exception {
        try (var stack = LocalStack.startLongLived(EnumSet.of(Part.KAFKA, Part.REGISTRY), Map.of())) {
            CatalogueTopics.ensure(stack);
            var settings = CollectorSettings.highPerformance()
                    .change()
                    .whenFull(WhenFull.block(Duration.ofMinutes(1)))
                    .build();
            try (var ends = new Ends(stack.kafkaBootstrapServers());
                    var collector = MemoryCollector.start(
                            Target.kafka(stack.kafkaBootstrapServers(), stack.schemaRegistryUrl()), settings);
                    var producer = new BareProducer(
                            stack.kafkaBootstrapServers(),
                            EventSerdes.of(stack.schemaRegistryUrl()),
                            Map.of(
                                    ProducerConfig.LINGER_MS_CONFIG,
                                    (int) settings.linger().toMillis(),
                                    ProducerConfig.BATCH_SIZE_CONFIG,
                                    settings.batchBytes()))) {
                return List.of(turns.of(Figure.of(
                        "Java SDK, collect() until Kafka has it, 1 KB",
                        "interactions/s",
                        new Contender("MemoryCollector", () -> collect(collector, ends, length.work(RECORDS))),
                        Comparison.with(
                                new Goal.AtLeast(0.8),
                                new Contender("bare producer", () -> producer.flatOut(length.work(RECORDS)))))));
            }
        }
    }

    private static Sample collect(MemoryCollector collector, Ends ends, int records) throws Exception {
        var before = ends.of(Topics.INTERACTIONS);
        var expected = collector.statistics().sent() + records;
        var begun = System.nanoTime();
        for (var i = 0; i < records; i++) {
            collector.collect(InteractionDraft.of(
                    "user" + i % Interactions.USERS,
                    DraftMessage.user(Interactions.QUESTION),
                    DraftMessage.assistant(Interactions.ANSWER)));
        }
        var deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (collector.statistics().sent() < expected && System.nanoTime() < deadline) {
            Thread.sleep(1); // The collector tells no end, and asking without pause would take a core from it.
        }
        var took = System.nanoTime() - begun;
        if (ends.of(Topics.INTERACTIONS) - before < records) {
            throw new IllegalStateException("not all " + records + " are in Kafka");
        }
        return Sample.perSecond(records, took);
    }
}
