/** Sessions as callers end them. What a session was about is written by the topology, not here. */
package io.memoryreflector.ingest.sessions;
