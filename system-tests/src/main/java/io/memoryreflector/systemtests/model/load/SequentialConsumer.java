package io.memoryreflector.systemtests.model.load;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the replaced design does: a few workers, each of which takes one interaction from the log and asks the model for
 * its tiers, one after the other. It keeps nothing; it is here to be measured.
 */
final class SequentialConsumer {

    static final int WORKERS = 4;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> TIERS = List.of("episodic", "semantic", "procedural");
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CALL = Duration.ofSeconds(60);
    private static final Duration START = Duration.ofSeconds(60);

    private final String bootstrapServers;
    private final EventSerdes serdes;
    private final URI chat;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicLong answered = new AtomicLong();
    private volatile boolean stopping;

    SequentialConsumer(String bootstrapServers, EventSerdes serdes, URI modelBaseUrl) {
        this.bootstrapServers = bootstrapServers;
        this.serdes = serdes;
        this.chat = URI.create(modelBaseUrl + "/chat/completions");
    }

    /** Answers so far. */
    long answered() {
        return answered.get();
    }

    /** Runs until this time is over, counted from the first answer; returns answers a second. */
    double run(Duration time, Runnable everySecond) throws InterruptedException, ExecutionException, TimeoutException {
        var pool = Executors.newFixedThreadPool(WORKERS);
        try {
            var workers = new ArrayList<Future<?>>();
            for (int i = 0; i < WORKERS; i++) {
                workers.add(pool.submit(() -> {
                    work();
                    return null;
                }));
            }
            awaitFirst(workers);
            var begun = System.nanoTime();
            var before = answered();
            while (System.nanoTime() - begun < time.toNanos()) {
                TimeUnit.SECONDS.sleep(1);
                everySecond.run();
            }
            var rate = (answered() - before) / ((System.nanoTime() - begun) / 1e9);
            stopping = true;
            for (var worker : workers) {
                worker.get(CALL.multipliedBy(TIERS.size()).toSeconds(), TimeUnit.SECONDS);
            }
            return rate;
        } finally {
            pool.shutdownNow();
        }
    }

    private void awaitFirst(List<Future<?>> workers) throws InterruptedException, ExecutionException, TimeoutException {
        var deadline = System.nanoTime() + START.toNanos();
        while (answered() < WORKERS) {
            for (var worker : workers) {
                if (worker.isDone()) {
                    worker.get(0, TimeUnit.SECONDS);
                }
            }
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("the sequential consumer has no answer after " + START);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private void work() throws IOException, InterruptedException {
        Map<String, Object> config = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.GROUP_ID_CONFIG,
                "sequential-consumer",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                1);
        try (var deserializer = serdes.<Interaction>deserializer();
                var consumer = new KafkaConsumer<>(config, new StringDeserializer(), deserializer)) {
            consumer.subscribe(List.of(Topics.INTERACTIONS.name()));
            while (!stopping) {
                for (var record : consumer.poll(POLL)) {
                    for (var tier : TIERS) {
                        ask(tier, record.value());
                        answered.incrementAndGet();
                    }
                    consumer.commitSync();
                }
            }
        }
    }

    private void ask(String tier, Interaction interaction) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(chat)
                .timeout(CALL)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(request(tier, interaction))))
                .build();
        var status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status != 200) {
            throw new IOException(chat + " answers " + status);
        }
    }

    private static Map<String, Object> request(String tier, Interaction interaction) {
        var messages = interaction.getMessages().stream()
                .map(message -> Map.of(
                        "ref",
                        message.getMessageId(),
                        "speaker",
                        message.getAuthor(),
                        "role",
                        "user",
                        "at",
                        message.getSentAt().toString(),
                        "text",
                        message.getContent()))
                .toList();
        var content = Map.of(
                "tier", tier, "known", List.of(), "interactions", List.of(Map.of("ref", "I1", "messages", messages)));
        return Map.of(
                "model",
                "stub",
                "messages",
                List.of(
                        Map.of("role", "system", "content", "Extract."),
                        Map.of("role", "user", "content", JSON.writeValueAsString(content))));
    }
}
