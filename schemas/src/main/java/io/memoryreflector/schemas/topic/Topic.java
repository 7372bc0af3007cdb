package io.memoryreflector.schemas.topic;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * One topic of the catalogue.
 *
 * @param name the topic's name
 * @param schema schema of its values; the registry's subject is {@code <name>-value}
 * @param compacted whether the log keeps the last record of each key rather than all
 * @param compactedWithin how long an overwritten record may stay; empty is as long as the broker likes
 * @param retention how long records stay; empty is for ever
 * @param logAppendTime whether the broker stamps records, so that old interactions do not expire on arrival
 */
public record Topic(
        String name,
        Schema schema,
        boolean compacted,
        Optional<Duration> compactedWithin,
        Optional<Duration> retention,
        boolean logAppendTime) {

    /** The registry's subject (TopicNameStrategy). */
    public String subject() {
        return name + "-value";
    }

    /** The topic's configuration as Kafka names it. */
    public Map<String, String> config() {
        var config = new LinkedHashMap<String, String>();
        config.put("cleanup.policy", compacted ? "compact" : "delete");
        compactedWithin.ifPresent(time -> config.put("max.compaction.lag.ms", Long.toString(time.toMillis())));
        config.put(
                "retention.ms", retention.map(r -> Long.toString(r.toMillis())).orElse("-1"));
        config.put("message.timestamp.type", logAppendTime ? "LogAppendTime" : "CreateTime");
        config.put("max.message.bytes", Integer.toString(Topics.MAX_RECORD_BYTES));
        return config;
    }
}
