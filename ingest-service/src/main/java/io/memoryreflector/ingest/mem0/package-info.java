/**
 * The memory in mem0's shape, for those who have code for it. Shapes alone: what is written, read and forgotten goes the
 * same way as over this service's own endpoints.
 */
package io.memoryreflector.ingest.mem0;
