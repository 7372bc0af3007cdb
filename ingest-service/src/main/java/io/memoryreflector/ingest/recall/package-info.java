/** Recall as callers ask for it. Ranking belongs to the memory store. */
package io.memoryreflector.ingest.recall;
