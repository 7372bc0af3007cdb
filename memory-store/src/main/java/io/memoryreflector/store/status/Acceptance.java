package io.memoryreflector.store.status;

/** What is known of an interaction's id when it comes in. */
public enum Acceptance {
    /** Not known to be in the log: it has to be sent. */
    NEW,
    /** The log has it. */
    DUPLICATE,
    /** The id belongs to another user. */
    FOREIGN
}
