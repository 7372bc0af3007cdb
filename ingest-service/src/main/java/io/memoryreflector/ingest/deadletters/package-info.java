/**
 * What could not be processed, wherever it was parked: an index of {@code reflector.dlq}, a look at one letter, replay
 * and discard. Nothing here decides whether a record is processed again; that is the operator's.
 */
package io.memoryreflector.ingest.deadletters;
