package io.memoryreflector.client.spill;

/**
 * A stored interaction and its place.
 *
 * @param place rises with each entry that is stored, also over restarts
 * @param event in Avro's single-object encoding, which needs no registry
 */
record Entry(long place, byte[] event) {}
