/** Changing a memory after it was made, as an event. Nothing here writes to a store: the sinks do. */
package io.memoryreflector.ingest.amendments;
