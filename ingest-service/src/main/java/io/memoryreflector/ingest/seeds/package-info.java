/**
 * The endpoints of the system that this replaces, with its field names: another shape of writing, reading and status.
 * Nothing here is a way in of its own, and nothing else knows of it.
 */
package io.memoryreflector.ingest.seeds;
