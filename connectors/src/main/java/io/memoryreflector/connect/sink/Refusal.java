package io.memoryreflector.connect.sink;

import org.apache.kafka.connect.sink.SinkRecord;

/** A record that nobody can use, and why. */
record Refusal(SinkRecord record, RuntimeException reason) {}
