package io.memoryreflector.connect.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import io.memoryreflector.events.DeadLetter;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.Priority;
import io.memoryreflector.events.Source;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The source as it is shipped, against a real RabbitMQ, through what can go wrong on the way. */
class RabbitMqSourceIT {

    private static final Duration ARRIVED = Duration.ofSeconds(60);

    private static RunningSource source;

    @BeforeAll
    static void start() {
        // A Debian package, which CI installs: skipped on a developer's machine alone.
        Assumptions.assumeTrue(
                LocalStack.isInstalled(Part.RABBITMQ), "RabbitMQ is not installed: apt-get install rabbitmq-server");
        source = new RunningSource(Part.REFLECTOR);
        source.awaitConsumer();
    }

    @AfterAll
    static void stop() {
        if (source != null) {
            source.close();
        }
    }

    @Test
    void shouldBringAJobAsTheProducersWriteItIntoTheLog() throws Exception {
        var id = UUID.randomUUID().toString();
        var trace = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01";
        var headers = new HashMap<String, Object>();
        headers.put("traceparent", trace);
        headers.put("nothing", null);
        headers.put("reflector-retry-now", "forged");

        source.publish(
                "reflection.ada@example.org",
                new BasicProperties.Builder().priority(2).headers(headers).build(),
                """
                {"job_id": "%s", "user_id": "ada@example.org", "session_id": "s1",
                 "user_message": "I moved to Lisbon.", "assistant_response": "How is it?",
                 "timestamp": "2026-05-02T10:00:00.123456", "metadata": {"channel": "web"},
                 "retry_count": 1, "max_retries": 3}
                """.formatted(id));

        var arrived = awaitInteraction(id);
        assertThat(arrived.getUserId()).isEqualTo("ada@example.org");
        assertThat(arrived.getSource()).isEqualTo(Source.RABBITMQ);
        assertThat(arrived.getPriority()).isEqualTo(Priority.HIGH);
        assertThat(arrived.getOccurredAt()).isEqualTo(Instant.parse("2026-05-02T10:00:00.123Z"));
        assertThat(arrived.getMessages())
                .extracting(Message::getContent)
                .containsExactly("I moved to Lisbon.", "How is it?");
        var record = source.records(Topics.INTERACTIONS).stream()
                .filter(found -> new String(found.value(), StandardCharsets.UTF_8).contains(id))
                .findFirst()
                .orElseThrow();
        assertThat(record.key()).isEqualTo("default/ada@example.org");
        var carried = new HashMap<String, String>();
        record.headers()
                .forEach(header -> carried.put(
                        header.key(),
                        header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8)));
        assertThat(carried)
                .containsEntry("traceparent", trace)
                .containsEntry("rabbitmq.header.nothing", null)
                .containsEntry("rabbitmq.header.reflector-retry-now", "forged")
                .containsEntry("rabbitmq.priority", "2")
                .containsEntry("rabbitmq.retry_count", "1")
                .doesNotContainKey("reflector-retry-now");
    }

    @Test
    void shouldParkWhatIsNoJobOnceAndBlockNobody() throws Exception {
        var id = UUID.randomUUID().toString();
        var garbage = "no job " + id;

        source.publish("reflection.ada", new BasicProperties(), garbage);
        source.publish(
                "reflection.ada", new BasicProperties(), "{\"job_id\": \"%s\", \"user_id\": \"ada\"}".formatted(id));
        source.publish("reflection.ada", new BasicProperties(), job("after-" + id));

        awaitInteraction("after-" + id);
        await().atMost(ARRIVED).until(() -> letters(id).size() == 2);
        assertThat(letters(id)).extracting(DeadLetter::getReason).containsExactlyInAnyOrder("poison", "permanent");
        assertThat(letters(id)).allMatch(letter -> letter.getSourceTopic().equals("rabbitmq:memory_reflection_queue"));
        assertThat(source.notAcknowledged()).isZero();
    }

    @Test
    void shouldGoOnWhenTheQueueIsDeletedUnderItsFeet() throws Exception {
        try (var connection = source.connect();
                var channel = connection.createChannel()) {
            channel.queueDelete(RunningSource.QUEUE);
        }
        source.awaitConsumer();

        var id = UUID.randomUUID().toString();
        source.publish("reflection.a.b.c", new BasicProperties(), job(id));

        awaitInteraction(id);
        assertThat(source.status(RunningSource.CONNECTOR)).doesNotContain("FAILED");
    }

    @Test
    void shouldFailTheTaskWithAReasonWhenNobodySetsTheQueueUp() throws Exception {
        var other = "other-source";
        assertThat(source.deploy(
                        other,
                        source.config(RunningSource.CONNECTOR)
                                .replace(RunningSource.CONNECTOR, other)
                                .replace(RunningSource.QUEUE, "nobodys_queue")
                                .replace("\"rabbitmq.declare\":\"true\"", "\"rabbitmq.declare\":\"false\"")
                                .replaceFirst("\\{", "{\"rabbitmq.refusal.timeout.ms\":\"1000\",")))
                .doesNotContain("error_code");
        try {
            await().atMost(ARRIVED).until(() -> source.status(other).contains("FAILED"));
            assertThat(source.status(other)).contains("nobodys_queue").contains("set rabbitmq.declare=true");
        } finally {
            source.delete(other);
        }
    }

    @Test
    void shouldWorkWithAQueueAndADirectExchangeThatOthersHaveSetUp() throws Exception {
        var other = "seeds-source";
        try (var connection = source.connect();
                var channel = connection.createChannel()) {
            channel.exchangeDeclare("seeds_exchange", "direct", true);
            channel.queueDeclare("seeds_queue", true, false, false, Map.of("x-max-priority", 10));
            channel.queueBind("seeds_queue", "seeds_exchange", "reflection.*");
        }
        source.deploy(
                other,
                source.config(RunningSource.CONNECTOR)
                        .replace(RunningSource.CONNECTOR, other)
                        .replace(RunningSource.QUEUE, "seeds_queue")
                        .replace(RunningSource.EXCHANGE, "seeds_exchange"));
        try {
            var id = UUID.randomUUID().toString();
            try (var connection = source.connect();
                    var channel = connection.createChannel()) {
                channel.basicPublish("", "seeds_queue", null, job(id).getBytes(StandardCharsets.UTF_8));
            }

            awaitInteraction(id);
            assertThat(Files.readString(source.stack().process(Part.CONNECT).log()))
                    .contains("exchange seeds_exchange is used as it is, but routes no reflection.{user_id}")
                    .contains("queue seeds_queue is used as it is")
                    .doesNotContain("I like tea");
        } finally {
            source.delete(other);
        }
    }

    @Test
    void shouldRefuseAConfigurationThatWouldLoseJobs() throws Exception {
        var config = source.config(RunningSource.CONNECTOR).replace(RunningSource.CONNECTOR, "wrong-source");

        var answer = source.deploy("wrong-source", config.replaceFirst("\\{", "{\"errors.tolerance\":\"all\","));

        assertThat(answer).contains("errors.tolerance").contains("400");
    }

    @Test
    void shouldKeepJobsWhileKafkaIsAway() throws Exception {
        var id = UUID.randomUUID().toString();
        source.kill(Part.KAFKA);
        source.publish("reflection.ada", new BasicProperties(), job(id));
        source.restart(Part.KAFKA);

        awaitInteraction(id);
        assertThat(source.notAcknowledged()).isZero();
    }

    @Test
    void shouldReflectEveryMessageOnceThoughBrokerAndWorkerAreKilled() throws Exception {
        var verdict = new KillRun(source).run(1_000_000, 2_000, 1, Duration.ofSeconds(120));

        assertThat(verdict.flaws()).isEmpty();
        assertThat(verdict.reflected()).isEqualTo(2_000);
        assertThat(verdict.kills()).isGreaterThanOrEqualTo(2);
    }

    private static String job(String id) {
        return "{\"job_id\": \"%s\", \"user_id\": \"ada\", \"user_message\": \"I like tea.\"}".formatted(id);
    }

    private static Interaction awaitInteraction(String id) {
        return await().atMost(ARRIVED)
                .until(
                        () -> source.events(Topics.INTERACTIONS, Interaction.class).stream()
                                .filter(interaction ->
                                        interaction.getInteractionId().equals(id))
                                .findFirst()
                                .orElse(null),
                        found -> found != null);
    }

    private static List<DeadLetter> letters(String text) {
        return source.deadLetters().stream()
                .filter(letter -> StandardCharsets.UTF_8
                        .decode(letter.getOriginalValue())
                        .toString()
                        .contains(text))
                .toList();
    }
}
