package io.memoryreflector.ingest.deadletters;

import io.memoryreflector.schemas.Ids;

/** Where the record of a letter came from and goes back to. */
record SourceRecord(String topic, int partition, long offset) {

    /** UUIDv5 of the place, as the reflector computes it for its own letters. */
    String id() {
        return Ids.nameBased("dead-letter", topic, Integer.toString(partition), Long.toString(offset));
    }
}
