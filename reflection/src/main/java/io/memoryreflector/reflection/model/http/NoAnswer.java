package io.memoryreflector.reflection.model.http;

/** An exchange ended without a whole answer. */
public final class NoAnswer extends RuntimeException {

    /** Why there is none. */
    public enum Reason {
        /** The deadline came first. */
        TIMEOUT,
        /** It was longer than an answer may be. */
        TOO_LARGE,
        /** No connection, or one that broke; the cause says more. */
        BROKEN,
        /** What came is no answer of the protocol. */
        UNREADABLE,
        /** This side gave up: it is closed, or its thread was interrupted. */
        CANCELLED
    }

    private final Reason reason;

    NoAnswer(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** An answer that is none. */
    public static NoAnswer unreadable(Throwable cause) {
        return new NoAnswer(Reason.UNREADABLE, "the model endpoint's answer cannot be read: " + cause, cause);
    }

    /** None in time. */
    public static NoAnswer late(Throwable cause) {
        return new NoAnswer(Reason.TIMEOUT, "the model endpoint did not answer in time", cause);
    }

    /** None, since this thread was interrupted. */
    public static NoAnswer cancelled(Throwable cause) {
        return new NoAnswer(Reason.CANCELLED, "the call was interrupted", cause);
    }

    /** Why there is none. */
    public Reason reason() {
        return reason;
    }
}
