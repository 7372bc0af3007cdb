package io.memoryreflector.connect.sink;

/** Who has to change before what failed can succeed. */
public enum Blame {
    /** The server: it does not answer, is not ready, or does not let us in. Every record would fail, so all wait. */
    SERVER,
    /** The size of the batch: less at once may succeed, and one record alone has to wait. */
    BATCH,
    /** A record: it would fail for ever, and only it. */
    RECORD
}
