package io.memoryreflector.streams.group;

import java.util.Locale;

/** Who shares the work out among the instances. */
public enum GroupProtocol {
    /** One of the instances; on any broker. */
    CLASSIC,
    /** The broker (KIP-1071), from Kafka 4.2 on where {@code streams.version} is enabled. */
    STREAMS;

    /** As Kafka Streams names it. */
    String setting() {
        return name().toLowerCase(Locale.ROOT);
    }
}
