/** How fast interactions get into the log, by each way in. */
package io.memoryreflector.benchmarks.ingest;
