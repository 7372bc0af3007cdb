package io.memoryreflector.benchmarks.ingest;

import io.memoryreflector.benchmarks.measure.Sample;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka's own producer with the settings of ingest-service and nothing around it. */
final class BareProducer implements AutoCloseable {

    private static final int IN_FLIGHT = 1 << 16;
    private static final Duration LAST = Duration.ofMinutes(1);

    private final KafkaProducer<String, Interaction> producer;
    private final AtomicLong number = new AtomicLong();

    /** @param over settings over those of ingest-service */
    BareProducer(String bootstrapServers, EventSerdes serdes, Map<String, Object> over) {
        this.producer = new KafkaProducer<>(
                config(bootstrapServers, over), new StringSerializer(), serdes.<Interaction>serializer());
    }

    /** The settings of ingest-service with others over them. */
    static Map<String, Object> config(String bootstrapServers, Map<String, Object> over) {
        var config = new HashMap<String, Object>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.LINGER_MS_CONFIG,
                2,
                ProducerConfig.BATCH_SIZE_CONFIG,
                64 * 1024,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4"));
        config.putAll(over);
        return config;
    }

    /** So many threads, each of which waits for Kafka's answer before it sends the next: records a second. */
    Sample oneByOne(int threads, Duration time) throws Exception {
        var executor = Executors.newFixedThreadPool(threads);
        var end = System.nanoTime() + time.toNanos();
        try {
            var calls = new ArrayList<Future<long[]>>();
            for (var thread = 0; thread < threads; thread++) {
                calls.add(executor.submit(waiting(end)));
            }
            var nanos = new ArrayList<long[]>();
            for (var call : calls) {
                nanos.add(call.get());
            }
            return sample(nanos.stream().flatMapToLong(Arrays::stream).sorted().toArray(), time);
        } finally {
            executor.shutdownNow();
        }
    }

    private Callable<long[]> waiting(long end) {
        return () -> {
            var took = new ArrayList<Long>();
            while (System.nanoTime() < end) {
                var begun = System.nanoTime();
                producer.send(next()).get();
                took.add(System.nanoTime() - begun);
            }
            return took.stream().mapToLong(Long::longValue).toArray();
        };
    }

    private static Sample sample(long[] sorted, Duration time) {
        return new Sample(
                sorted.length * 1e9 / time.toNanos(),
                Map.of("p50 ms", millis(sorted, 0.5), "p99 ms", millis(sorted, 0.99)));
    }

    private static double millis(long[] sorted, double share) {
        return Math.round(sorted[(int) (share * (sorted.length - 1))] / 1e4) / 1e2;
    }

    /** One thread that waits for nothing but memory: records a second, until the last is acknowledged. */
    Sample flatOut(int records) throws InterruptedException {
        var window = new Semaphore(IN_FLIGHT);
        var begun = System.nanoTime();
        for (var i = 0; i < records; i++) {
            window.acquire();
            producer.send(next(), (metadata, failure) -> window.release());
        }
        producer.flush();
        if (!window.tryAcquire(IN_FLIGHT, LAST.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("Kafka has not answered for all within " + LAST);
        }
        return Sample.perSecond(records, System.nanoTime() - begun);
    }

    /** One record; done when Kafka has it. */
    CompletableFuture<?> send() {
        var acknowledged = new CompletableFuture<Void>();
        producer.send(next(), (metadata, failure) -> {
            if (failure == null) {
                acknowledged.complete(null);
            } else {
                acknowledged.completeExceptionally(failure);
            }
        });
        return acknowledged;
    }

    private ProducerRecord<String, Interaction> next() {
        var interaction = Interactions.of(number.getAndIncrement());
        return new ProducerRecord<>(Topics.INTERACTIONS.name(), Interactions.key(interaction), interaction);
    }

    @Override
    public void close() {
        producer.close();
    }
}
