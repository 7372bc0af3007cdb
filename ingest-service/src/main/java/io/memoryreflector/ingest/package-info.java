/**
 * The REST entrance: it checks what comes in, hands it to the log and reads from the stores. Nothing here reflects,
 * ranks or keeps memories: that belongs to the topology and to the memory store.
 */
package io.memoryreflector.ingest;
