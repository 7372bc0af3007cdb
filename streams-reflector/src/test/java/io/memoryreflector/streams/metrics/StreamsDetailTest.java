package io.memoryreflector.streams.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamsDetailTest {

    @ParameterizedTest
    @CsvSource({
        "kafka.consumer.fetch.manager.records.lag, memory.interactions, false",
        "kafka.consumer.fetch.manager.records.lag, memory_interactions, true",
        "kafka.consumer.fetch.manager.records.lag, memory-reflector-pending-changelog, false",
        "kafka.stream.topic.records.consumed, memory.interactions, false",
        "kafka.stream.processor.node.process, memory.interactions, true"
    })
    void shouldShowTheLagOfATopicOnceAndNoProcessorByItself(String metric, String topic, boolean left) {
        var id = new Meter.Id(metric, Tags.of("topic", topic), null, null, Meter.Type.GAUGE);

        assertThat(StreamsDetail.names(id)).isEqualTo(left);
    }
}
