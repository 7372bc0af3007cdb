package io.memoryreflector.connect.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.MessageProperties;
import io.memoryreflector.schemas.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;

/**
 * {@code make rabbit-bench}: messages a second from RabbitMQ to Kafka, beside a bare client that acknowledges in batches
 * and throws the messages away. Both empty the same full queue, in turns.
 */
final class RabbitBench {

    private static final int MESSAGES = setting("MESSAGES", 100_000);
    private static final int REPETITIONS = setting("REPETITIONS", 5);
    private static final int PREFETCH = 2_000;
    private static final int ACKNOWLEDGED_AT_ONCE = 500;
    private static final int CONFIRMED_AT_ONCE = 5_000;
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final RunningSource source;
    private final String config;

    private RabbitBench(RunningSource source) throws Exception {
        this.source = source;
        this.config = source.config(RunningSource.CONNECTOR);
    }

    public static void main(String[] args) throws Exception {
        // The stack's worker is compiled for a quick start and stands behind the others: here it may run as it can.
        System.setProperty("local-stack.equals", "true");
        try (var source = new RunningSource(Map.of("_JAVA_OPTIONS", "-XX:TieredStopAtLevel=4"))) {
            source.awaitConsumer();
            new RabbitBench(source).run();
        }
        System.exit(0);
    }

    private void run() throws Exception {
        leave();
        var bare = new ArrayList<Double>();
        var connector = new ArrayList<Double>();
        System.out.printf("%d persistent messages a repetition, prefetch %d%n", MESSAGES, PREFETCH);
        // The first turn of each warms up and does not count.
        for (var repetition = 0; repetition <= REPETITIONS; repetition++) {
            fill(repetition);
            var bareRate = emptyBare();
            fill(repetition);
            var connectorRate = emptyByConnector();
            System.out.printf(
                    "%s  bare client %8.0f/s   RabbitMQ to Kafka %8.0f/s   %.0f %%%n",
                    repetition == 0 ? "warm-up" : "      " + repetition,
                    bareRate,
                    connectorRate,
                    100 * connectorRate / bareRate);
            if (repetition > 0) {
                bare.add(bareRate);
                connector.add(connectorRate);
            }
        }
        System.out.printf(
                " median  bare client %8.0f/s   RabbitMQ to Kafka %8.0f/s   %.0f %%%n",
                median(bare), median(connector), 100 * median(connector) / median(bare));
    }

    private void fill(int repetition) throws Exception {
        try (var connection = source.connect();
                var channel = connection.createChannel()) {
            channel.confirmSelect();
            for (var number = 0; number < MESSAGES; number++) {
                var user = "user" + number % 1_000;
                channel.basicPublish(
                        RunningSource.EXCHANGE,
                        "reflection." + user,
                        MessageProperties.PERSISTENT_BASIC,
                        job(repetition, number, user));
                if (number % CONFIRMED_AT_ONCE == 0) {
                    channel.waitForConfirmsOrDie(TIMEOUT.toMillis());
                }
            }
            channel.waitForConfirmsOrDie(TIMEOUT.toMillis());
        }
    }

    private static byte[] job(int repetition, int number, String user) {
        return """
                {"job_id": "%d-%d", "user_id": "%s", "session_id": "s-%s", "user_message": "%s",
                 "assistant_response": "%s", "timestamp": "2026-05-02T10:00:00.123456", "metadata": {"channel": "chat"},
                 "priority": 1, "retry_count": 0, "max_retries": 3, "created_at": "2026-05-02T10:00:00"}
                """.formatted(
                        repetition, number, user, user, "I moved to Lisbon. ".repeat(8), "How is it there? ".repeat(12))
                .getBytes(StandardCharsets.UTF_8);
    }

    private double emptyBare() throws Exception {
        try (var connection = source.connect();
                var channel = connection.createChannel()) {
            var consumer = new Bare(channel);
            channel.basicQos(PREFETCH, false);
            channel.basicConsume(RunningSource.QUEUE, false, consumer);
            if (!consumer.done.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("the bare client is not done");
            }
            return rate(consumer.first, consumer.last);
        }
    }

    /** From the first record that Kafka has to the last. */
    private double emptyByConnector() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", source.stack().kafkaBootstrapServers()))) {
            var before = end(admin);
            source.deploy(RunningSource.CONNECTOR, config);
            var first = 0L;
            var seen = 0L;
            var deadline = System.nanoTime() + TIMEOUT.toNanos();
            for (var now = before; now < before + MESSAGES; now = end(admin)) {
                if (first == 0 && now > before) {
                    first = System.nanoTime();
                    seen = now - before;
                }
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("the connector is not done: " + (now - before));
                }
                TimeUnit.MILLISECONDS.sleep(20); // Asking without pause would take cores from those that are measured.
            }
            var last = System.nanoTime();
            leave();
            return (MESSAGES - seen) * 1e9 / (last - first);
        }
    }

    /** Ends the connector, which is done only some time after Connect has said so. */
    private void leave() throws Exception {
        source.delete(RunningSource.CONNECTOR);
        Awaitility.await().atMost(TIMEOUT).until(() -> {
            var queue = source.queue(RunningSource.QUEUE);
            return queue.getConsumerCount() == 0 && queue.getMessageCount() == 0;
        });
    }

    private static long end(Admin admin) throws Exception {
        var topic = Topics.INTERACTIONS.name();
        var partitions = admin
                .describeTopics(List.of(topic))
                .allTopicNames()
                .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .get(topic)
                .partitions()
                .stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        return admin.listOffsets(partitions).all().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS).values().stream()
                .mapToLong(offset -> offset.offset())
                .sum();
    }

    private static double rate(long first, long last) {
        return MESSAGES * 1e9 / (last - first);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static int setting(String name, int otherwise) {
        var value = System.getenv(name);
        return value == null || value.isBlank() ? otherwise : Integer.parseInt(value.strip());
    }

    /** Takes, counts and acknowledges. */
    private static final class Bare extends DefaultConsumer {

        private final CountDownLatch done = new CountDownLatch(1);
        private int count;
        private volatile long first;
        private volatile long last;

        Bare(Channel channel) {
            super(channel);
        }

        @Override
        public void handleDelivery(String consumerTag, Envelope envelope, BasicProperties properties, byte[] body)
                throws IOException {
            if (count++ == 0) {
                first = System.nanoTime();
            }
            if (count % ACKNOWLEDGED_AT_ONCE == 0 || count == MESSAGES) {
                getChannel().basicAck(envelope.getDeliveryTag(), true);
            }
            if (count == MESSAGES) {
                last = System.nanoTime();
                done.countDown();
            }
        }
    }
}
