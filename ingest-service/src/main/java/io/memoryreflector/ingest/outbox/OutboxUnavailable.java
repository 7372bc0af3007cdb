package io.memoryreflector.ingest.outbox;

/** The outbox did not take an interaction; the message says why, in words for the caller. Carries no stack trace. */
public final class OutboxUnavailable extends RuntimeException {

    OutboxUnavailable(String message) {
        super(message, null, false, false);
    }
}
