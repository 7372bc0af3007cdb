package io.memoryreflector.cli.service;

/** No connection, or no answer in time. Whether a write has landed is not known. */
public final class NoAnswer extends ServiceFailure {

    /** @param message what did not answer, and what to do */
    public NoAnswer(String message, Throwable cause) {
        super(message, cause);
    }
}
