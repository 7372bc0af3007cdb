package io.memoryreflector.ingest;

import io.memoryreflector.events.DeadLetter;
import io.memoryreflector.events.ErrorInfo;
import io.memoryreflector.events.Header;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.Role;
import io.memoryreflector.events.Tier;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Parks letters as the reflector, Kafka Streams and Kafka Connect do, and reads what was sent again. */
final class DeadLetterTopic implements AutoCloseable {

    static final Instant FAILED_AT = Instant.parse("2026-05-02T10:00:00Z");

    /** Bytes that are no UTF-8 and no Avro. */
    static final byte[] POISON = {(byte) 0xff, 0, 0x7b, (byte) 0x80};

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final String bootstrapServers;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Serializer<ReflectionTask> tasks;
    private final Serializer<DeadLetter> letters;

    DeadLetterTopic(LocalStack stack) {
        this.bootstrapServers = stack.kafkaBootstrapServers();
        this.producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.LINGER_MS_CONFIG, 5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        var serdes = EventSerdes.of(stack.schemaRegistryUrl());
        this.tasks = serdes.serializer();
        this.letters = serdes.serializer();
    }

    /** A task that was given up after its fourth attempt. */
    ReflectionTask task(UserKey user, String interactionId) {
        return ReflectionTask.newBuilder()
                .setInteractionId(interactionId)
                .setNamespace(user.namespace())
                .setUserId(user.userId())
                .setTier(Tier.SEMANTIC)
                .setMessages(List.of(Message.newBuilder()
                        .setMessageId("m1")
                        .setRole(Role.USER)
                        .setContent("I moved to Lisbon")
                        .setSentAt(FAILED_AT)
                        .build()))
                .setOccurredAt(FAILED_AT)
                .setRecordedAt(FAILED_AT)
                .setAttempt(3)
                .build();
    }

    byte[] bytes(ReflectionTask task) {
        return tasks.serialize(Topics.TASKS_SEMANTIC.name(), task);
    }

    /** A letter as a lane parks it. */
    DeadLetter.Builder letter(String id, UserKey user, byte[] value, Header... headers) {
        return DeadLetter.newBuilder()
                .setDeadLetterId(id)
                .setSourceTopic(Topics.TASKS_SEMANTIC.name())
                .setSourcePartition(3)
                .setSourceOffset(42)
                .setSourceTimestamp(FAILED_AT)
                .setOriginalKey(ByteBuffer.wrap(utf8(user.toString())))
                .setOriginalValue(ByteBuffer.wrap(value))
                .setOriginalHeaders(List.of(headers))
                .setTier(Tier.SEMANTIC)
                .setNamespace(user.namespace())
                .setUserId(user.userId())
                .setInteractionId("i-" + id)
                .setAttempts(4)
                .setReason("exhausted")
                .setFirstFailure(new ErrorInfo("transient", "FirstException", "first", FAILED_AT))
                .setLastFailure(new ErrorInfo(
                        "transient", "ProviderException", "Provider answered 503", FAILED_AT.plusSeconds(9)))
                .setStackTrace("ProviderException: Provider answered 503\n\tat somewhere");
    }

    RecordMetadata park(DeadLetter letter) {
        return await(send(letter));
    }

    Future<RecordMetadata> send(DeadLetter letter) {
        var key =
                letter.getOriginalKey() == null ? null : letter.getOriginalKey().array();
        return producer.send(new ProducerRecord<>(
                Topics.DEAD_LETTERS.name(), key, letters.serialize(Topics.DEAD_LETTERS.name(), letter)));
    }

    /** Parks raw bytes; headers are the record's own, then those of whoever parks it. */
    RecordMetadata park(byte[] key, byte[] value, Map<String, byte[]> own, Map<String, String> errors) {
        var record = new ProducerRecord<>(Topics.DEAD_LETTERS.name(), key, value);
        own.forEach(record.headers()::add);
        errors.forEach((name, text) -> record.headers().add(name, utf8(text)));
        return await(producer.send(record));
    }

    /** Headers as Kafka Streams adds them. */
    static Map<String, String> streamsErrors(String topic, int partition, long offset) {
        var headers = new HashMap<String, String>();
        headers.put("__streams.errors.exception", "org.apache.kafka.common.errors.SerializationException");
        headers.put("__streams.errors.message", "Unknown magic byte");
        headers.put("__streams.errors.stacktrace", "SerializationException: Unknown magic byte\n\tat streams");
        headers.put("__streams.errors.topic", topic);
        headers.put("__streams.errors.partition", Integer.toString(partition));
        headers.put("__streams.errors.offset", Long.toString(offset));
        return headers;
    }

    /** Headers as Kafka Connect adds them. */
    static Map<String, String> connectErrors(String connector, String topic, int partition, long offset) {
        var headers = new HashMap<String, String>();
        headers.put("__connect.errors.topic", topic);
        headers.put("__connect.errors.partition", Integer.toString(partition));
        headers.put("__connect.errors.offset", Long.toString(offset));
        headers.put("__connect.errors.connector.name", connector);
        headers.put("__connect.errors.task.id", "0");
        headers.put("__connect.errors.stage", "TASK_PUT");
        headers.put("__connect.errors.class.name", "org.apache.kafka.connect.sink.SinkTask");
        headers.put("__connect.errors.exception.class.name", "org.apache.kafka.connect.errors.DataException");
        headers.put("__connect.errors.exception.message", "The store refused it");
        headers.put("__connect.errors.exception.stacktrace", "DataException: The store refused it\n\tat connect");
        return headers;
    }

    /** Ends of all partitions of a topic, to read on from. */
    Map<TopicPartition, Long> ends(String topic) {
        try (var consumer = consumer()) {
            var partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            return new HashMap<>(consumer.endOffsets(partitions));
        }
    }

    /** What a topic got since. */
    List<ConsumerRecord<byte[], byte[]>> since(Map<TopicPartition, Long> ends) {
        try (var consumer = consumer()) {
            consumer.assign(ends.keySet());
            ends.forEach(consumer::seek);
            var now = consumer.endOffsets(ends.keySet());
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (now.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
