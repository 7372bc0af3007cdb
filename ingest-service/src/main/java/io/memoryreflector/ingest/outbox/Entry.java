package io.memoryreflector.ingest.outbox;

/**
 * A stored interaction and its place.
 *
 * @param place rises with each entry that is stored, also over restarts
 * @param spooled what is stored
 */
record Entry(long place, Spooled spooled) {}
