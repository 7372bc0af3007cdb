package io.memoryreflector.benchmarks.topology;

import io.memoryreflector.events.Tier;
import io.memoryreflector.schemas.topic.Topic;
import io.memoryreflector.schemas.topic.Topics;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Reads and writes as many records of about the same size between as many topics as the topology does for an interaction,
 * and does nothing with them: no store, no event, no reflection.
 */
final class PassThrough {

    /** Stands before the names of its topics. */
    private static final String PREFIX = "bench.";

    /** About what an outcome, a status and a memory of a few words take. */
    private static final int SMALL = 300;

    private static final List<Tier> TIERS = List.of(Tier.EPISODIC, Tier.SEMANTIC, Tier.PROCEDURAL);

    private final Topology topology = new Topology();

    static Topology build() {
        var built = new PassThrough();
        built.through(
                Topics.INTERACTIONS.name(),
                Stream.concat(TIERS.stream().map(Topics::tasks), Stream.of(Topics.OUTCOMES))
                        .toList(),
                Integer.MAX_VALUE);
        for (var tier : TIERS) {
            built.through(name(Topics.tasks(tier)), List.of(Topics.memories(tier), Topics.OUTCOMES), SMALL);
            built.through(name(Topics.memories(tier)), List.of(), SMALL);
        }
        built.through(name(Topics.OUTCOMES), List.of(Topics.REFLECTIONS), SMALL);
        return built.topology;
    }

    /** The topics between and behind. */
    static List<String> topics() {
        return Stream.of(
                        TIERS.stream().map(Topics::tasks),
                        TIERS.stream().map(Topics::memories),
                        Stream.of(Topics.OUTCOMES, Topics.REFLECTIONS))
                .flatMap(topics -> topics)
                .map(PassThrough::name)
                .toList();
    }

    private static String name(Topic topic) {
        return PREFIX + topic.name();
    }

    private void through(String from, List<Topic> to, int mostBytes) {
        topology.addSource("read-" + from, new StringDeserializer(), new ByteArrayDeserializer(), from);
        topology.addProcessor("pass-" + from, () -> new Pass(mostBytes), "read-" + from);
        for (var topic : to) {
            topology.addSink(
                    "write-" + from + "-" + topic.name(),
                    name(topic),
                    new StringSerializer(),
                    new ByteArraySerializer(),
                    "pass-" + from);
        }
    }

    private static final class Pass implements Processor<String, byte[], String, byte[]> {

        private final int mostBytes;
        private ProcessorContext<String, byte[]> context;

        Pass(int mostBytes) {
            this.mostBytes = mostBytes;
        }

        @Override
        public void init(ProcessorContext<String, byte[]> context) {
            this.context = context;
        }

        @Override
        public void process(Record<String, byte[]> record) {
            var value = record.value();
            context.forward(value.length <= mostBytes ? record : record.withValue(Arrays.copyOf(value, mostBytes)));
        }
    }
}
