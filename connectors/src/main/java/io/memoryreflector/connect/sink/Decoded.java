package io.memoryreflector.connect.sink;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.connect.sink.SinkRecord;

/** A record and what it holds. */
record Decoded(SinkRecord record, SpecificRecord event) {}
