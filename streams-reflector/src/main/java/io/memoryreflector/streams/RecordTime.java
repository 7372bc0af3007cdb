package io.memoryreflector.streams;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The record's own time, 1970 where its producer gave it none or one before. Kafka takes such a record, and Streams' own
 * extractor would stop at it for ever, its partition with it. The same record always has the same time.
 */
public final class RecordTime implements TimestampExtractor {

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return Math.max(0, record.timestamp());
    }
}
