/**
 * The fault harness: feeds the whole system a known set of interactions, breaks it by a seeded schedule, and compares by
 * id what went in with what is in the log, the memory topics, Redis and Neo4j. Nothing here is shipped.
 */
package io.memoryreflector.systemtests.faults;
