package io.memoryreflector.benchmarks.reflect;

import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.ParallelConsumerOptions.ProcessingOrder;
import io.confluent.parallelconsumer.ParallelStreamProcessor;
import io.memoryreflector.benchmarks.measure.Pace;
import io.memoryreflector.benchmarks.measure.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The same calls by Confluent's parallel consumer, ordered by key: at least once, without state, and what is answered is
 * thrown away.
 */
final class ParallelCalls {

    private static final Duration CALL = Duration.ofSeconds(60);

    private final String bootstrapServers;
    private final String topic;
    private final URI chat;
    private final int workers;
    private int groups;

    ParallelCalls(String bootstrapServers, String topic, URI modelBaseUrl, int workers) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
        this.chat = URI.create(modelBaseUrl + "/chat/completions");
        this.workers = workers;
    }

    /** Calls once for each record of the topic, which holds so many; calls a second. */
    Sample run(long records) throws Exception {
        var answered = new AtomicLong();
        var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var options = ParallelConsumerOptions.<String, byte[]>builder()
                .ordering(ProcessingOrder.KEY)
                .maxConcurrency(workers)
                .consumer(new KafkaConsumer<>(config(), new StringDeserializer(), new ByteArrayDeserializer()))
                .build();
        try (var processor = ParallelStreamProcessor.createEosStreamProcessor(options)) {
            processor.subscribe(List.of(topic));
            processor.poll(context -> {
                call(http, context.getSingleRecord().value());
                answered.incrementAndGet();
            });
            return Pace.of(records, answered::get);
        }
    }

    private void call(HttpClient http, byte[] body) {
        var request = HttpRequest.newBuilder(chat)
                .timeout(CALL)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            var status =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
            if (status != 200) {
                throw new IllegalStateException(chat + " answers " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Object> config() {
        var config = new HashMap<String, Object>();
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, "parallel-" + ++groups);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return config;
    }
}
