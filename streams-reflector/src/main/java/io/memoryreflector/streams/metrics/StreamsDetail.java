package io.memoryreflector.streams.metrics;

import io.micrometer.core.instrument.Meter;
import java.util.Set;

/**
 * Which metrics of Kafka Streams nobody reads here: those of every processor and every state store of every partition.
 * Most of them are never recorded at Kafka's level INFO, and together they are four fifths of all series. A consumer also
 * shows each topic with dots a second time with underscores, which would count its lag twice.
 */
public final class StreamsDetail {

    private static final String OF_STORES = "kafka.stream.state.";

    private static final String OF_PROCESSORS = "kafka.stream.processor.node.";

    private static final String OF_CONSUMERS = "kafka.consumer.";

    /** How large the stores are, and whether they fail. */
    private static final Set<String> KEPT = Set.of(
            "kafka.stream.state.estimate.num.keys",
            "kafka.stream.state.total.sst.files.size",
            "kafka.stream.state.size.all.mem.tables",
            "kafka.stream.state.background.errors");

    /** One for each thread. */
    private static final String RESTORING = "kafka.stream.state.updater.";

    private StreamsDetail() {}

    /** Whether a metric is one of these. */
    public static boolean names(Meter.Id id) {
        var name = id.getName();
        return name.startsWith(OF_PROCESSORS)
                || name.startsWith(OF_STORES) && !name.startsWith(RESTORING) && !KEPT.contains(name)
                || name.startsWith(OF_CONSUMERS) && isSecondName(id.getTag("topic"));
    }

    private static boolean isSecondName(String topic) {
        return topic != null && topic.contains("_") && !topic.contains(".");
    }
}
