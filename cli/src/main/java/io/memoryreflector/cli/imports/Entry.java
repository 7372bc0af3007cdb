package io.memoryreflector.cli.imports;

/** One entry of an import file. */
sealed interface Entry {

    /** The line on which it begins, from 1. */
    long line();

    /** As it stands in the file; what the rejects file keeps. */
    byte[] raw();

    /**
     * An entry that can be sent.
     *
     * @param json one line of JSON with an interaction id
     * @param user whose order it belongs to
     */
    record Item(long line, byte[] raw, byte[] json, String user) implements Entry {

        /** How much memory it takes, roughly. */
        int size() {
            return raw.length + json.length;
        }
    }

    /**
     * An entry that cannot be sent.
     *
     * @param reason what is wrong
     */
    record Unreadable(long line, byte[] raw, String reason) implements Entry {}
}
