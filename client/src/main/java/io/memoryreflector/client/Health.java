package io.memoryreflector.client;

import java.util.Optional;

/**
 * How the collector stands.
 *
 * @param state in a word
 * @param fault what is wrong with the way to the log or with the disk; empty where nothing is
 */
public record Health(State state, Optional<String> fault) {

    /** From good to bad. */
    public enum State {
        /** What is collected is sent. */
        UP,
        /** What is collected waits, in memory or on disk. */
        WAITING,
        /** Nothing has room any more: what is collected may be dropped. */
        FULL,
        /** Nothing is collected any more. */
        CLOSED
    }
}
