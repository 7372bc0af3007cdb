package io.memoryreflector.benchmarks.stores;

import io.memoryreflector.benchmarks.Benchmark;
import io.memoryreflector.benchmarks.CatalogueTopics;
import io.memoryreflector.benchmarks.Length;
import io.memoryreflector.benchmarks.measure.Comparison;
import io.memoryreflector.benchmarks.measure.Contender;
import io.memoryreflector.benchmarks.measure.Figure;
import io.memoryreflector.benchmarks.measure.Goal;
import io.memoryreflector.benchmarks.measure.Pace;
import io.memoryreflector.benchmarks.measure.Result;
import io.memoryreflector.benchmarks.measure.Sample;
import io.memoryreflector.benchmarks.measure.Turns;
import io.memoryreflector.events.Episode;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.store.Neo4jConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.neo4j.driver.Driver;

/** Memories a second through Connect into Neo4j, beside the driver's batched writes with the same indexes. */
public final class Neo4jSink implements Benchmark {

    private static final int MEMORIES = 20_000;
    private static final int USERS = 200;
    private static final int BATCH = 500;
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final Episodes episodes = new Episodes();
    private int written;

    @Override
    public String name() {
        return "neo4j-sink";
    }

    @Override
    public List<Result> measure(Turns turns, Length length) throws Exception {
        var memories = length.work(MEMORIES);
        try (var stack = LocalStack.startLongLived(EnumSet.of(Part.KAFKA, Part.REGISTRY, Part.NEO4J), Map.of());
                var driver = Neo4jConnection.open(stack.neo4jUrl(), "", "", TIMEOUT)) {
            CatalogueTopics.ensure(stack);
            stack.startAll(EnumSet.of(Part.CONNECT));
            try (var producer = new KafkaProducer<>(
                    Map.<String, Object>of(
                            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            stack.kafkaBootstrapServers(),
                            ProducerConfig.LINGER_MS_CONFIG,
                            5),
                    new StringSerializer(),
                    EventSerdes.of(stack.schemaRegistryUrl()).<Episode>serializer())) {
                return List.of(turns.of(Figure.of(
                        "Neo4j sink",
                        "memories/s",
                        new Contender("the sink, from the topic", () -> sink(producer, driver, memories)),
                        Comparison.with(
                                new Goal.AtLeast(0.8),
                                new Contender("the driver's UNWIND, 500 at once", () -> unwind(driver, memories))))));
            }
        }
    }

    private Sample sink(KafkaProducer<String, Episode> producer, Driver driver, int memories) throws Exception {
        var before = count(driver);
        var sent = new ArrayList<Future<?>>();
        for (var number = 0; number < memories; number++) {
            var episode = next();
            var key = new UserKey(episode.getNamespace(), episode.getUserId()).toString();
            sent.add(producer.send(new ProducerRecord<>(Topics.EPISODIC.name(), key, episode)));
        }
        for (var one : sent) {
            one.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        }
        return Pace.of(memories, () -> count(driver) - before);
    }

    private Sample unwind(Driver driver, int memories) {
        var batches = new ArrayList<List<Map<String, Object>>>();
        for (var number = 0; number < memories; number += BATCH) {
            var rows = new ArrayList<Map<String, Object>>();
            for (var i = number; i < Math.min(memories, number + BATCH); i++) {
                rows.add(row(next()));
            }
            batches.add(rows);
        }
        var begun = System.nanoTime();
        try (var session = driver.session()) {
            for (var rows : batches) {
                session.executeWrite(
                        tx -> tx.run("UNWIND $rows AS row CREATE (m:Memory:Episode) SET m = row", Map.of("rows", rows))
                                .consume());
            }
        }
        return Sample.perSecond(memories, System.nanoTime() - begun);
    }

    /** The same properties, as the sink writes them. */
    private static Map<String, Object> row(Episode episode) {
        return Map.ofEntries(
                Map.entry("memory_id", episode.getMemoryId()),
                Map.entry("user_key", episode.getNamespace() + "/" + episode.getUserId()),
                Map.entry("session_id", episode.getSessionId()),
                Map.entry("occurred_at", episode.getOccurredAt().toEpochMilli()),
                Map.entry("recorded_at", episode.getRecordedAt().toEpochMilli()),
                Map.entry("seq", 1L),
                Map.entry("text", episode.getSummary()),
                Map.entry("sources", List.of(episode.getSources().get(0).getMessageId())),
                Map.entry("reflector", "bench 1"),
                Map.entry("confidence", episode.getConfidence()),
                Map.entry("importance", episode.getImportance()),
                Map.entry("participants", episode.getParticipants()),
                Map.entry("embedding_model", "bench"),
                Map.entry("embedding", episode.getEmbedding().getVector().array()));
    }

    private Episode next() {
        var number = written++;
        return episodes.of(new UserKey(UserKey.DEFAULT_NAMESPACE, "user" + number % USERS), number);
    }

    /** By Neo4j's own count of a label, which costs nothing. */
    private static long count(Driver driver) {
        try (var session = driver.session()) {
            return session.run("MATCH (m:Memory) RETURN count(m) AS count")
                    .single()
                    .get("count")
                    .asLong();
        }
    }
}
