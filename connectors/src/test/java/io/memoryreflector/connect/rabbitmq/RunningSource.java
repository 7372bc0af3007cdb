package io.memoryreflector.connect.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AMQP.Queue.DeclareOk;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.memoryreflector.events.DeadLetter;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topic;
import io.memoryreflector.schemas.topic.TopicCatalogue;
import io.memoryreflector.schemas.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/** The source as it is shipped, in a real worker between a real RabbitMQ and a real Kafka, and a look at both sides. */
final class RunningSource implements AutoCloseable {

    static final String CONNECTOR = "rabbitmq-source";
    static final String EXCHANGE = "memory_reflection_exchange";
    static final String QUEUE = "memory_reflection_queue";
    static final Duration TIMEOUT = Duration.ofSeconds(120);

    private static final int PARTITIONS = 4;

    private final HttpClient http = HttpClient.newHttpClient();
    private final LocalStack stack;

    /** @param more beside what a source needs */
    RunningSource(Part... more) {
        this(Map.of(), more);
    }

    /** @param settings environment of the worker */
    RunningSource(Map<String, String> settings, Part... more) {
        stack = LocalStack.start(Set.of(Part.KAFKA, Part.REGISTRY, Part.RABBITMQ), settings);
        // Before the worker, which would make the topics by itself and with one partition.
        try (var admin = Admin.create(Map.of("bootstrap.servers", stack.kafkaBootstrapServers()))) {
            new TopicCatalogue(admin, PARTITIONS, TIMEOUT).ensure();
        }
        stack.startAll(Set.of(more));
        stack.startAll(Set.of(Part.CONNECT));
    }

    LocalStack stack() {
        return stack;
    }

    void kill(Part part) {
        stack.process(part).kill();
    }

    void restart(Part part) {
        stack.process(part).restart();
    }

    /** A connection of the test's own. */
    Connection connect() {
        try {
            var factory = new ConnectionFactory();
            factory.setUri(stack.rabbitMqUrl());
            return factory.newConnection();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TimeoutException | URISyntaxException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Publishes one job to the exchange. */
    void publish(String routingKey, BasicProperties properties, String body) throws IOException, TimeoutException {
        try (var connection = connect();
                var channel = connection.createChannel()) {
            channel.confirmSelect();
            channel.basicPublish(EXCHANGE, routingKey, properties, body.getBytes(StandardCharsets.UTF_8));
            channel.waitForConfirms(TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Publishes numbered jobs with a client that is not Java; ends when the broker has all of them. */
    Process publisher(int first, int count) throws IOException {
        var script = Path.of("src/test/resources/rabbitmq/publish.py").toAbsolutePath();
        var module = Files.exists(script)
                ? script
                : Path.of("connectors/src/test/resources/rabbitmq/publish.py").toAbsolutePath();
        return new ProcessBuilder(
                        "/usr/bin/python3",
                        module.toString(),
                        stack.rabbitMqUrl() + "/%2F",
                        Integer.toString(first),
                        Integer.toString(count))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** What the broker says of a queue. */
    DeclareOk queue(String name) throws IOException, TimeoutException {
        try (var connection = connect();
                Channel channel = connection.createChannel()) {
            return channel.queueDeclarePassive(name);
        }
    }

    /** Messages that are not acknowledged, delivered or not; the connector is stopped meanwhile. */
    int notAcknowledged() throws IOException, InterruptedException, TimeoutException {
        stop(CONNECTOR);
        Awaitility.await().atMost(TIMEOUT).until(() -> queue(QUEUE).getConsumerCount() == 0);
        var left = queue(QUEUE).getMessageCount();
        resume(CONNECTOR);
        awaitConsumer();
        return left;
    }

    /** Waits until the connector consumes. */
    void awaitConsumer() {
        Awaitility.await()
                .atMost(TIMEOUT)
                .ignoreExceptions()
                .until(() -> queue(QUEUE).getConsumerCount() == 1);
    }

    /** Connect's own account of a connector and its tasks. */
    String status(String connector) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(connectorUri(connector, "/status")));
    }

    /** Deploys a connector. */
    String deploy(String connector, String config) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(connectorUri(connector, "/config"))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(config)));
    }

    /** Ends a connector's tasks, so that what they have not acknowledged is in the queue again. */
    void stop(String connector) throws IOException, InterruptedException {
        put(connector, "/stop");
    }

    /** Starts the tasks of a stopped connector. */
    void resume(String connector) throws IOException, InterruptedException {
        put(connector, "/resume");
    }

    void delete(String connector) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(connectorUri(connector, "")).DELETE());
    }

    /** The configuration that is deployed, to be changed. */
    String config(String connector) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(connectorUri(connector, "/config")));
    }

    /** Everything that is committed to a topic. */
    List<ConsumerRecord<String, byte[]>> records(Topic topic) {
        var found = new ArrayList<ConsumerRecord<String, byte[]>>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", stack.kafkaBootstrapServers(), "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
        }
        return found;
    }

    /** The events of a topic. */
    <T extends SpecificRecord> List<T> events(Topic topic, Class<T> type) {
        try (var deserializer = EventSerdes.of(stack.schemaRegistryUrl()).<SpecificRecord>deserializer()) {
            return records(topic).stream()
                    .filter(record -> record.value() != null)
                    .map(record -> type.cast(deserializer.deserialize(topic.name(), record.value())))
                    .toList();
        }
    }

    List<DeadLetter> deadLetters() {
        return events(Topics.DEAD_LETTERS, DeadLetter.class);
    }

    @Override
    public void close() {
        stack.close();
    }

    private void put(String connector, String path) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(connectorUri(connector, path)).PUT(HttpRequest.BodyPublishers.noBody()));
    }

    private URI connectorUri(String connector, String path) {
        return URI.create(stack.connectUrl() + "/connectors/" + connector + path);
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    static void await(Process process, Duration timeout) throws InterruptedException {
        if (!process.waitFor(timeout.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException("the publisher has not published everything");
        }
    }
}
