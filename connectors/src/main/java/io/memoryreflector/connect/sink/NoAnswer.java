package io.memoryreflector.connect.sink;

/** A server has to be waited for; nothing is wrong with the records. */
final class NoAnswer extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param server in words, such as "the store" */
    NoAnswer(String server, Throwable cause) {
        super(server + " does not answer or does not let us in", cause);
    }
}
