package io.memoryreflector.systemtests.faults;

import io.memoryreflector.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts bytes that are no event into topics, and knows them again. Thread-safe, though one thread is to send. */
final class Poison implements AutoCloseable {

    private static final String PREFIX = "poison-";
    private static final long SEND_MIN = 10;

    private final String run;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Set<String> sent = ConcurrentHashMap.newKeySet();

    Poison(String bootstrapServers, String run) {
        this.run = run;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        120_000,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        600_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Sends one and waits until Kafka has it. */
    void send(Topic topic) throws InterruptedException {
        var id = PREFIX + run + "-" + sent.size();
        var key = ("default/" + run + "-poison" + sent.size()).getBytes(StandardCharsets.UTF_8);
        try {
            producer.send(new ProducerRecord<>(topic.name(), key, id.getBytes(StandardCharsets.UTF_8)))
                    .get(SEND_MIN, TimeUnit.MINUTES);
            sent.add(id);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka does not take poison", e);
        }
    }

    /** All that were sent. */
    Set<String> sent() {
        return Set.copyOf(sent);
    }

    static boolean isPoison(byte[] value) {
        return value != null && new String(value, StandardCharsets.ISO_8859_1).startsWith(PREFIX);
    }

    /** The id of one of this run's. */
    Optional<String> idOf(byte[] value) {
        return Optional.ofNullable(value)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .filter(id -> id.startsWith(PREFIX + run + "-"));
    }

    @Override
    public void close() {
        producer.close();
    }
}
