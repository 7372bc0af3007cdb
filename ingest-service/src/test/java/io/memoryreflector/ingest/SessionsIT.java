package io.memoryreflector.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.events.SessionEnded;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever ends a session is told so once the topic has it, and is told to come again while Kafka is away. */
@ExtendWith(SharedServers.class)
class SessionsIT {

    private static final Duration HEALING = Duration.ofSeconds(60);

    @Test
    void shouldWriteTheEndOfASessionOrSayThatItIsNotWritten() throws Exception {
        var stack = SharedServers.breakable();
        try (var service = Service.start(stack, Map.of())) {
            var answer = service.post("/api/v1/users/ada%2Fb/sessions/s%201:end?namespace=acme", "");

            assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
            assertThat(answer.text("/status")).isEqualTo("ending");
            assertThat(answer.text("/session_id")).isEqualTo("s 1");
            var records = ends(stack);
            assertThat(records).hasSize(1);
            assertThat(records.get(0).key()).isEqualTo("acme/ada/b");
            var event = records.get(0).value();
            assertThat(event.getUserId()).isEqualTo("ada/b");
            assertThat(event.getSessionId()).isEqualTo("s 1");
            assertThat(event.getEndedAt()).hasToString(answer.text("/ended_at"));

            var tooLong = service.post("/api/v1/users/ada/sessions/" + "s".repeat(257) + ":end", "");
            assertThat(tooLong.status()).isEqualTo(400);
            assertThat(tooLong.text("/errors/0/field")).isEqualTo("session");

            stack.process(Part.KAFKA).kill();
            var refused = service.post("/api/v1/users/ada/sessions/s2:end", "");
            assertThat(refused.status()).as(refused.response().body()).isEqualTo(503);
            assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
            assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");

            stack.process(Part.KAFKA).restart();
            await().atMost(HEALING).untilAsserted(() -> assertThat(service.post("/api/v1/users/ada/sessions/s3:end", "")
                            .status())
                    .isEqualTo(202));
            assertThat(ends(stack))
                    .extracting(end -> end.value().getSessionId())
                    .contains("s 1", "s3");
        }
    }

    private static List<ConsumerRecord<String, SessionEnded>> ends(LocalStack stack) {
        var config = Map.<String, Object>of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafkaBootstrapServers());
        try (var consumer = new KafkaConsumer<String, SessionEnded>(
                config,
                new StringDeserializer(),
                EventSerdes.of(stack.schemaRegistryUrl()).deserializer())) {
            var partitions = consumer.partitionsFor(Topics.SESSION_ENDS.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var found = new ArrayList<ConsumerRecord<String, SessionEnded>>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            }
            return found;
        }
    }
}
