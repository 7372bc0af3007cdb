package io.memoryreflector.cli.service;

import java.time.Duration;

/** Told of every request and its end. Implementations are thread-safe. */
@FunctionalInterface
public interface Exchanges {

    /** Nobody wants to know. */
    Exchanges UNSEEN = (method, path, outcome, took) -> {};

    /**
     * One request is over.
     *
     * @param path without its query, which may quote what people said
     * @param outcome the status, or what went wrong
     */
    void ended(String method, String path, String outcome, Duration took);
}
