/** From a caller's JSON to an acknowledged record of the log. Nothing here reads memories. */
package io.memoryreflector.ingest.interactions;
