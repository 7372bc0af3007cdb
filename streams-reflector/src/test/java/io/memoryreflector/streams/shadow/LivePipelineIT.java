package io.memoryreflector.streams.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.streams.SharedServers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedServers.class)
class LivePipelineIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final TopicPartition PARTITION = new TopicPartition(Topics.DEAD_LETTER_ACTIONS.name(), 0);

    private final String group = "live-" + UUID.randomUUID();

    @Test
    void shouldBeBehindUntilTheGroupHasTakenWhatWasThereAndOnlyWhileItIsAtWork() throws Exception {
        try (var live = new LivePipeline(SharedServers.kafka(), group)) {
            try (var member = member()) {
                commit(member);
                live.look();
                write(20);
                live.look();
                assertThat(live.isBehind()).as("what has just come").isFalse();

                live.look();
                assertThat(live.isBehind())
                        .as("what was there at the last look")
                        .isTrue();

                commit(member);
                live.look();
                assertThat(live.isBehind()).as("all is taken").isFalse();

                write(20);
                live.look();
                live.look();
                assertThat(live.isBehind()).isTrue();
            }
            live.look();
            assertThat(live.isBehind()).as("nobody is at work").isFalse();
        }
    }

    @Test
    void shouldNotWaitForAGroupThatNeverWas() throws Exception {
        try (var live = new LivePipeline(SharedServers.kafka(), group)) {
            live.look();
            live.look();
            assertThat(live.isBehind()).isFalse();
        }
    }

    private KafkaConsumer<byte[], byte[]> member() {
        var config = new HashMap<>(SharedServers.kafka());
        config.put("group.id", group);
        var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(PARTITION.topic()));
        await().atMost(SOON).until(() -> {
            consumer.poll(Duration.ofMillis(100));
            return !consumer.assignment().isEmpty();
        });
        return consumer;
    }

    private static void commit(KafkaConsumer<byte[], byte[]> member) {
        var end = member.endOffsets(List.of(PARTITION)).get(PARTITION);
        member.commitSync(Map.of(PARTITION, new OffsetAndMetadata(end)));
    }

    private static void write(int records) throws Exception {
        try (var producer =
                new KafkaProducer<>(SharedServers.kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int number = 0; number < records; number++) {
                producer.send(new ProducerRecord<>(
                                PARTITION.topic(), PARTITION.partition(), new byte[0], new byte[] {1}))
                        .get();
            }
        }
    }
}
