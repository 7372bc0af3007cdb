package io.memoryreflector.ingest.deadletters;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;

/**
 * The record as it was before it was parked, byte for byte.
 *
 * @param key null where it has none
 * @param value null where it has none
 * @param timestamp of the record at its source; empty where whoever parked it did not keep it
 */
record Original(byte[] key, byte[] value, List<Header> headers, Optional<Instant> timestamp) {}
