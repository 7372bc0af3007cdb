package io.memoryreflector.streams.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.streams.SharedServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedServers.class)
class OrphanedTransactionsIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String APPLICATION = "orphans";

    private final String dead = APPLICATION + "-" + UUID.randomUUID() + "-1";
    private final String alive = APPLICATION + "-" + UUID.randomUUID();
    private final String stranger = APPLICATION + "-shadow-" + UUID.randomUUID() + "-1";

    @Test
    void shouldAbortWhatADeadInstanceHasLeftOpenAndNothingElse() throws Exception {
        try (var member = member();
                var ofTheDead = open(dead);
                var ofTheLiving = open(alive + "-1");
                var ofAStranger = open(stranger);
                var orphans = new OrphanedTransactions(SharedServers.kafka(), APPLICATION, GroupProtocol.CLASSIC)) {
            assertThat(orphans.abort()).containsExactly(dead);

            ofTheLiving.commitTransaction();
            ofAStranger.commitTransaction();
            assertThatThrownBy(ofTheDead::commitTransaction)
                    .isInstanceOfAny(ProducerFencedException.class, InvalidProducerEpochException.class);
            assertThat(orphans.abort()).isEmpty();
            assertThat(member.assignment()).isNotEmpty();
        }
    }

    @Test
    void shouldDoNothingWhereTheGroupKnowsNobody() throws Exception {
        try (var ofTheDead = open("nobody-" + UUID.randomUUID() + "-1");
                var orphans = new OrphanedTransactions(SharedServers.kafka(), "nobody", GroupProtocol.CLASSIC)) {
            assertThatThrownBy(orphans::abort).hasMessageContaining("nobody");
            ofTheDead.commitTransaction();
        }
    }

    private KafkaConsumer<String, byte[]> member() {
        var config = new HashMap<>(SharedServers.kafka());
        config.put("group.id", APPLICATION);
        config.put("client.id", alive + "-StreamThread-1-consumer");
        var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(Topics.ERASURES.name()));
        await().atMost(SOON).until(() -> {
            consumer.poll(Duration.ofMillis(100));
            return !consumer.assignment().isEmpty();
        });
        return consumer;
    }

    private static KafkaProducer<String, byte[]> open(String transactionalId) throws Exception {
        var config = new HashMap<>(SharedServers.kafka());
        config.put("transactional.id", transactionalId);
        var producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(
                        Topics.DEAD_LETTER_ACTIONS.name(), "orphans/ada", "open".getBytes(StandardCharsets.UTF_8)))
                .get();
        return producer;
    }
}
