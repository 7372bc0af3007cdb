package io.memoryreflector.localstack;

import java.util.List;

/** How the servers' Java is told to compile and to collect. */
enum Jvms {
    /** Seven young JVMs share a laptop: what C2 and G1 would win in an hour, they cost in the first minute. */
    YOUNG("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
    /** As Java does by itself, and so in production. */
    LONG_LIVED;

    private final List<String> options;

    Jvms(String... options) {
        this.options = List.of(options);
    }

    List<String> options() {
        return options;
    }
}
